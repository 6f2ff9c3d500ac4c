/** What the platform team decides: policies, and how their defaults are laid under a manifest. */
@NullMarked
package dev.penstock.policy;

import org.jspecify.annotations.NullMarked;

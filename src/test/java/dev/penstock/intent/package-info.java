/** The scenarios of what authors write and what becomes of it, each with real clients against real API servers. */
@NullMarked
package dev.penstock.intent;

import org.jspecify.annotations.NullMarked;

/** Certificates: made, read, checked, and when to make new ones. Plain Java and Bouncy Castle; no Kubernetes, no clock. */
@NullMarked
package dev.penstock.certificate;

import org.jspecify.annotations.NullMarked;

/**
 * Real control planes with the packaged webhook in front of them, for tests and the demo. Knows the program only as a
 * process: nothing of it is called here.
 */
@NullMarked
package dev.penstock.controlplane;

import org.jspecify.annotations.NullMarked;

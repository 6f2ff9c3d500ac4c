/** The documentation, held to what the program does. */
@NullMarked
package dev.penstock.docs;

import org.jspecify.annotations.NullMarked;

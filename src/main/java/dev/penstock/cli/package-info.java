/** The commands and their output. */
@NullMarked
package dev.penstock.cli;

import org.jspecify.annotations.NullMarked;

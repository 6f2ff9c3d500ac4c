/**
 * The object under review: reading it, writing defaults into it, and telling what its author wrote. Knows Jackson and
 * nothing else of this program.
 */
@NullMarked
package dev.penstock.manifest;

import org.jspecify.annotations.NullMarked;

/**
 * One object in, one verdict out. Pure: no network, no randomness, and the time is an input, so that the webhook and the
 * command line cannot differ.
 */
@NullMarked
package dev.penstock.review;

import org.jspecify.annotations.NullMarked;

package dev.penstock.manifest;

/**
 * What the author should know of a default, though nothing is wrong.
 *
 * @param path the field
 * @param text what is to be said of it: a line that goes on from the path, such as {@code follows policy X: a → b}
 */
public record Notice(FieldPath path, String text) {}

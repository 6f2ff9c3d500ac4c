package dev.penstock.rules;

import dev.penstock.manifest.FieldPath;

/**
 * What the author should know of a default, though nothing is wrong.
 *
 * @param path the field
 * @param text a line
 */
public record Notice(FieldPath path, String text) {}

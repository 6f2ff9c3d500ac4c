package dev.penstock.cli;

/**
 * Where something stands in a text.
 *
 * @param line from 1
 * @param column from 1
 * @param length how many characters of the line it takes; at least 1
 */
record Place(int line, int column, int length) {
    static final Place BEGINNING = new Place(1, 1, 1);
}

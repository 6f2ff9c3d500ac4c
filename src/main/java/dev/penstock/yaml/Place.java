package dev.penstock.yaml;

/**
 * Where something stands in a text.
 *
 * @param line from 1; 0 where it stands {@link #NOWHERE}
 * @param column from 1, in Unicode's code points
 * @param length how many code points of the line it takes; at least 1 where it stands anywhere
 * @param lastLine the line on which a text of several lines ends; else the line
 */
public record Place(int line, int column, int length, int lastLine) {
    /** Of what was read from no text. */
    public static final Place NOWHERE = new Place(0, 0, 0);

    static final Place BEGINNING = new Place(1, 1, 1);

    public Place(int line, int column, int length) {
        this(line, column, length, line);
    }

    /** The column behind it. */
    public int endColumn() {
        return column + length;
    }

    public boolean isKnown() {
        return line > 0;
    }

    /** As compilers write it: {@code churn.yaml:3:7}. */
    public String in(String file) {
        return isKnown() ? file + ":" + line + ":" + column : file;
    }
}

package dev.penstock.cli;

import java.io.PrintWriter;

/** Text for a terminal of eighty columns. */
final class Paragraph {
    static final int WIDTH = 80;

    private Paragraph() {}

    /** Broken at blanks, the lines after the first a little further in. */
    static void write(PrintWriter out, String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(indent).append("  ");
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        out.println(line);
    }
}

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
        int width = indent.length();
        for (String word : TerminalText.printable(text).split(" ", -1)) {
            int more = TerminalText.width(word);
            if (begun && width + 1 + more > WIDTH) {
                out.println(line);
                line = new StringBuilder(indent).append("  ");
                width = line.length();
                begun = false;
            }
            width += more + (begun ? 1 : 0);
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        out.println(line);
    }
}

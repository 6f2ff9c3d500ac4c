package dev.penstock.yaml;

import java.util.stream.IntStream;

/** The lines of a text, as editors see them; to YAML more characters end one. */
public final class Lines {
    private Lines() {}

    /** Where they begin: an index, since of a file of many short ones the lines themselves are far larger than the file. */
    public static int[] starts(String text) {
        return IntStream.concat(IntStream.of(0), ends(text, 0, text.length())).toArray();
    }

    /** Behind which characters of a part of a text a line ends. */
    static IntStream ends(String text, int from, int to) {
        return IntStream.range(from, to)
                .filter(at -> text.charAt(at) == '\n' || (text.charAt(at) == '\r' && !text.startsWith("\n", at + 1)))
                .map(at -> at + 1);
    }
}

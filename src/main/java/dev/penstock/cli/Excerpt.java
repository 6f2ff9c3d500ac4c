package dev.penstock.cli;

import dev.penstock.yaml.Place;

/**
 * A line of a text, or the part of it that has room, with a place in it underlined.
 *
 * @param shown what is shown of the line
 * @param indent what stands before the underline; of a tab a tab
 * @param underline at least one {@code ^}
 */
record Excerpt(String shown, String indent, String underline) {
    /** @param room how many columns of a terminal it may take */
    static Excerpt of(String line, Place place, int room) {
        int end = line.codePointCount(0, line.length());
        int begin = Math.min(place.column() - 1, end);
        // Of a line of megabytes no more than could be shown.
        int first = Math.max(0, begin - room);
        int last = Math.min(end, begin + room);
        int[] points =
                TerminalText.printable(part(line, first, last)).codePoints().toArray();
        int mark = begin - first;
        int from = 0;
        while (from < mark && width(points, from, mark) > room / 4 && width(points, from, points.length) > room) {
            from++;
        }
        int to = from;
        while (to < points.length && width(points, from, to + 1) <= room) {
            to++;
        }
        int marked = width(points, mark, Math.min(to, mark + place.length()));
        return new Excerpt(
                new String(points, from, to - from), blank(points, from, mark), "^".repeat(Math.max(1, marked)));
    }

    private static String part(String line, int from, int to) {
        int begin = line.offsetByCodePoints(0, from);
        return line.substring(begin, line.offsetByCodePoints(begin, to - from));
    }

    private static int width(int[] points, int from, int to) {
        return TerminalText.width(new String(points, from, Math.max(0, to - from)));
    }

    private static String blank(int[] points, int from, int to) {
        StringBuilder blank = new StringBuilder();
        for (int i = from; i < to; i++) {
            blank.append(points[i] == '\t' ? "\t" : " ".repeat(width(points, i, i + 1)));
        }
        return blank.toString();
    }
}

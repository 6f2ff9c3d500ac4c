package dev.penstock.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells as lines of text. Where they are too wide for it, the widest columns are wrapped. */
final class Table {
    private static final String GAP = "  ";
    // Where a cell is broken: behind the last of these.
    private static final String SPACE = " ";
    private static final String PUNCTUATION = ",./]";

    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param width of a line, at most */
    Table(int width) {
        this.width = width;
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        int[] widths = widths();
        return rows.stream().flatMap(row -> lines(row, widths).stream()).toList();
    }

    private int[] widths() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int room = width - GAP.length() * (columns - 1);
        while (Arrays.stream(widths).sum() > room) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] > widths[widest] ? i : widest;
        }
        return widest;
    }

    private static List<String> lines(List<String> row, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            cells.add(wrapped(row.get(i), widths[i]));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
                text.append(part).append(" ".repeat(widths[i] - part.length())).append(GAP);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> wrapped(String cell, int width) {
        List<String> parts = new ArrayList<>();
        String rest = cell;
        while (rest.length() > width) {
            int end = lastBehind(SPACE, rest, width);
            end = end > 0 ? end : lastBehind(PUNCTUATION, rest, width);
            end = end > 0 ? end : width;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    private static int lastBehind(String characters, String text, int width) {
        int end = width;
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) < 0) {
            end--;
        }
        return end;
    }
}

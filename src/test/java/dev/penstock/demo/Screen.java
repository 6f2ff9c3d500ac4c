package dev.penstock.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text for a terminal of 80 columns, or for a file. */
final class Screen {
    static final int WIDTH = 80;

    private static final String INDENT = "  ";
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String GREEN = "32";

    // Manifests and messages are UTF-8, whatever the locale is.
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final boolean colour;

    Screen(boolean colour) {
        this.colour = colour;
    }

    /** A step that takes its time. */
    void progress(String step) {
        out.println(styled(DIM, step + " …"));
    }

    void sentence(String text) {
        out.println();
        out.println(text);
    }

    void title(String text) {
        out.println();
        out.println(styled(BOLD, "── " + text + " " + "─".repeat(Math.max(0, WIDTH - 4 - text.length()))));
    }

    void heading(String text) {
        out.println();
        out.println(styled(BOLD, text));
    }

    /** As somebody else wrote it. */
    void verbatim(List<String> lines) {
        lines.forEach(out::println);
    }

    void indented(List<String> lines) {
        lines.forEach(line -> out.println(INDENT + line));
    }

    /** YAML with a mark in front of what Penstock wrote. */
    void marked(List<SpecYaml.Line> lines) {
        for (SpecYaml.Line line : lines) {
            out.println(line.penstocks() ? styled(GREEN, "+ " + line.text()) : INDENT + line.text());
        }
    }

    private String styled(String style, String text) {
        return colour ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}

package dev.penstock.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows, as an SVG that a page may show as a picture: without scripts, and with the fonts that are there. */
final class TerminalPicture {
    private static final int COLUMNS = 80;
    private static final double LETTER = 8.4; // pixels
    private static final int LINE = 18;
    private static final int MARGIN = 16;
    private static final Pattern STYLED = Pattern.compile("\033\\[([\\d;]+)m([^\033]*)\033\\[0m|([^\033]+)");
    private static final Map<String, String> CLASSES = Map.of("1;31", "r", "1;33", "y", "32", "g", "1", "b", "2", "f");
    // A dark terminal, whose contrast is the same on light and on dark pages.
    private static final String STYLE = """
            text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6edf3;white-space:pre}
            .r{fill:#ff7b72;font-weight:bold}.y{fill:#e3b341;font-weight:bold}.g{fill:#56d364}.b{font-weight:bold}.f{fill:#8b949e}
            """;

    private final StringBuilder svg = new StringBuilder();

    private TerminalPicture() {}

    /**
     * The SVG.
     *
     * @param title for those who do not see it
     * @param lines with the codes of {@link Paint} in them, each of at most eighty columns
     */
    static String of(String title, List<String> lines) {
        TerminalPicture picture = new TerminalPicture();
        picture.draw(title, lines);
        return picture.svg.toString();
    }

    private void draw(String title, List<String> lines) {
        int width = (int) Math.ceil(2 * MARGIN + COLUMNS * LETTER);
        int height = 2 * MARGIN + lines.size() * LINE;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                        .formatted(width, height, width, height));
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        svg.append(
                "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#0d1117\" stroke=\"#6e7681\"/>%n"
                        .formatted(width - 1, height - 1));
        for (int i = 0; i < lines.size(); i++) {
            draw(lines.get(i), MARGIN + (i + 1) * LINE - 5);
        }
        svg.append("</svg>\n");
    }

    private void draw(String line, int y) {
        Matcher part = STYLED.matcher(line);
        int column = 0;
        int end = 0;
        while (part.find()) {
            if (part.start() != end) {
                throw new IllegalArgumentException("a code that no picture knows: " + line);
            }
            end = part.end();
            String text = Optional.ofNullable(part.group(2)).orElse(part.group(3));
            draw(text, part.group(1), column, y);
            column += TerminalText.width(text);
        }
        if (end != line.length() || column > COLUMNS) {
            throw new IllegalArgumentException("a line that does not fit: " + line);
        }
    }

    /** Each part has its place and its length, so that columns are columns in every font. */
    private void draw(String text, String codes, int column, int y) {
        String shown = text.stripLeading();
        int from = column + TerminalText.width(text) - TerminalText.width(shown);
        shown = shown.stripTrailing();
        if (shown.isEmpty()) {
            return;
        }
        String style = "";
        if (codes != null) {
            style = " class=\"" + Optional.ofNullable(CLASSES.get(codes)).orElseThrow() + "\"";
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>%n",
                MARGIN + from * LETTER,
                y,
                TerminalText.width(shown) * LETTER,
                style,
                escaped(shown)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

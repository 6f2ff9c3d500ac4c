package dev.penstock.bench;

import java.util.List;
import java.util.Locale;

/** Every figure that has a bar, as a share of what the bar allows: what ends left of the line holds. */
record Picture(Machine machine, List<Row> rows) {
    private static final int LINE = 22;
    private static final int TOP = 60;
    private static final int LEFT = 470;
    private static final int UNIT = 200; // what is allowed
    private static final int WIDTH = 1100;
    private static final double MOST = 2.2; // longer ones are cut off

    String svg() {
        List<Row> judged = rows.stream().filter(row -> row.bar() != null).toList();
        int height = TOP + judged.size() * LINE + 20;
        StringBuilder svg = new StringBuilder();
        append(svg, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="16" y="22" font-weight="bold">Share of what the bar allows</text>
                <text x="16" y="42" fill="#666" font-size="11">%s</text>
                """, WIDTH, height, escaped(machine.toString()));
        for (int i = 0; i < judged.size(); i++) {
            bar(svg, judged.get(i), TOP + i * LINE);
        }
        append(svg, """
                <line x1="%1$d" y1="%2$d" x2="%1$d" y2="%3$d" stroke="#333" stroke-dasharray="4 3"/>
                </svg>
                """, LEFT + UNIT, TOP - 8, height - 12);
        return svg.toString();
    }

    private static void bar(StringBuilder svg, Row row, int top) {
        double used = row.bar() == null ? 0 : row.bar().used(row.figure().median());
        long length = Math.round(UNIT * Math.max(0, Math.min(MOST, used)));
        append(
                svg,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%d" height="14" rx="2" fill="%s"/>
                <text x="%d" y="%d" fill="#333">%s</text>
                """,
                LEFT - 10,
                top + 12,
                escaped(row.program() + " · " + row.benchmark() + ": " + row.what()),
                LEFT,
                top,
                length,
                row.failed() ? "#c0392b" : "#2e8b57",
                LEFT + Math.max(length, UNIT) + 8,
                top + 12,
                escaped(Spread.text(row.figure().median()) + " " + row.unit() + " (" + row.bar() + ")"));
    }

    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

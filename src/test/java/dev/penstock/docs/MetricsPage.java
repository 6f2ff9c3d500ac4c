package dev.penstock.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that {@code docs/metrics.md} tells of. */
public final class MetricsPage {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(penstock_\\w+)` \\| (\\w+) \\| ([^|]*) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern LABEL_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\|$");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private MetricsPage() {}

    /** Each metric by its name. */
    public static Map<String, Metric> metrics() {
        return ROW.matcher(text())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> new Metric(row.group(2), codes(row.group(3))),
                        (first, second) -> {
                            throw new IllegalStateException("a metric is there twice: " + first);
                        },
                        TreeMap::new));
    }

    /** The labels that have a row of their own, with their values. */
    public static Set<String> labels() {
        String labels = text().replaceFirst("(?s).*\n## Labels\n(.*?)\n## .*", "$1");
        return LABEL_ROW
                .matcher(labels)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The whole page. */
    public static String text() {
        try {
            return Files.readString(Path.of("docs", "metrics.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

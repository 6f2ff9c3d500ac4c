package dev.penstock.docs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Prometheus reads: its text format, version 0.0.4.
 *
 * @param types of metrics, by name
 */
public record Scrape(Map<String, String> types, List<Sample> samples) {
    private static final String PREFIX = "penstock_";
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** @param labels by name, as they are written */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads it whole. */
    public static Scrape of(String text) {
        Map<String, String> types = new TreeMap<>();
        List<Sample> samples = text.lines()
                .flatMap(line -> {
                    Matcher type = TYPE.matcher(line);
                    if (type.matches()) {
                        types.put(type.group(1), type.group(2));
                    }
                    return line.startsWith("#") ? Stream.empty() : Stream.of(sample(line));
                })
                .toList();
        return new Scrape(types, samples);
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        String inBraces = matcher.group(2);
        for (MatchResult label :
                LABEL.matcher(inBraces == null ? "" : inBraces).results().toList()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    /** The metrics of Penstock's own that have a sample. */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new TreeMap<>();
        types.forEach((name, type) -> {
            if (name.startsWith(PREFIX)) {
                Set<String> labels = new TreeSet<>();
                List<Sample> own = type.equals("histogram") ? named(name + "_bucket") : named(name);
                own.forEach(sample -> labels.addAll(sample.labels.keySet()));
                labels.remove("le");
                if (!own.isEmpty()) {
                    metrics.put(name, new Metric(type, labels));
                }
            }
        });
        return metrics;
    }

    /** The samples of this name. */
    public List<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name.equals(name)).toList();
    }

    /** The value of the only sample with these labels; 0 where there is none. */
    public double value(String name, Map<String, String> labels) {
        return named(name).stream()
                .filter(sample -> sample.labels.equals(labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The values of a label. */
    public Set<String> values(String name, String label) {
        Set<String> values = new TreeSet<>();
        named(name).forEach(sample -> values.add(sample.labels.getOrDefault(label, "")));
        return values;
    }
}

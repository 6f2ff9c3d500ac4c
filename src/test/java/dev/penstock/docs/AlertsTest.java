package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and dashboard ask for what there is, and the guide says what to do about each alert. */
class AlertsTest {
    private static final Path COMPONENT = Path.of("deploy", "components", "prometheus");
    // A metric, and what stands in braces behind it.
    private static final Pattern METRIC = Pattern.compile("\\b(penstock_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:!=|=~|!~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    // What Prometheus adds to each series of a pod.
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod");

    private final Map<String, Metric> known = MetricsPage.metrics();

    static List<JsonNode> alerts() {
        return list(read(new YAMLMapper(), "alerts.yaml").at("/spec/groups/0/rules"));
    }

    static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        alerts().forEach(alert -> expressions.add(alert.path("expr").asText()));
        expressions.addAll(read(new ObjectMapper(), "penstock.json").findValuesAsText("expr"));
        return expressions;
    }

    @Test
    void thereAreAlertsAndPanels() {
        assertThat(alerts()).hasSizeGreaterThan(5);
        assertThat(expressions()).hasSizeGreaterThan(alerts().size() + 5).allMatch(text -> !text.isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void asksForMetricsAndLabelsThatThereAre(String expression) {
        Set<String> labels = new TreeSet<>(OF_THE_TARGET);
        List<MatchResult> metrics = METRIC.matcher(expression).results().toList();
        assertThat(metrics).isNotEmpty();
        for (MatchResult found : metrics) {
            Metric metric = Objects.requireNonNull(metric(found.group(1)), found.group(1) + " is not on the page");
            labels.addAll(metric.labels());
            if (found.group(1).endsWith("_bucket")) {
                labels.add("le");
            }
            if (found.group(2) != null) {
                assertThat(MATCHER.matcher(found.group(2)).results().map(matcher -> matcher.group(1)))
                        .isNotEmpty()
                        .allMatch(metric.labels()::contains);
            }
        }
        assertThat(BY.matcher(expression)
                        .results()
                        .flatMap(by -> Stream.of(by.group(1).split(", "))))
                .allMatch(labels::contains);
    }

    private @Nullable Metric metric(String name) {
        Metric metric = known.get(name);
        return metric != null ? metric : known.get(name.replaceFirst("_(bucket|sum|count)$", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void asksForValuesThatThePageTellsOf(String expression) {
        for (MatchResult found : METRIC.matcher(expression).results().toList()) {
            String matchers = found.group(2) == null ? "" : found.group(2);
            for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
                assertThat(matcher.group(2).split("\\|"))
                        .allSatisfy(value -> assertThat(MetricsPage.text()).contains("`" + value + "`"));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alerts")
    void saysWhatItIsAndHowBad(JsonNode alert) {
        assertThat(alert.at("/annotations/summary").asText()).endsWith(".").hasLineCount(1);
        assertThat(alert.at("/annotations/description").asText()).endsWith(".").hasLineCount(1);
        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
        assertThat(alert.path("for").asText()).matches("\\d+[mh]");
    }

    /** What /validate denies, /mutate has mostly allowed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        denied by /validate | mutate allowed, validate denied  | 1 of 1
        denied by /mutate   | mutate denied                    | 1 of 1
        allowed             | mutate allowed, validate warned  | 0 of 1
        """)
    void aPipelineCountsOnceAmongManyDenials(String story, String reviews, String counted) {
        String share = alerts().stream()
                .filter(alert -> alert.path("alert").asText().equals("PenstockManyDenials"))
                .map(alert -> alert.path("expr").asText())
                .map(expression -> expression.substring(0, expression.indexOf(" > ")))
                .findFirst()
                .orElseThrow();
        List<Long> sums = METRIC.matcher(share)
                .results()
                .map(metric -> Stream.of(reviews.split(", "))
                        .map(review -> review.split(" "))
                        .filter(review -> MATCHER.matcher(metric.group(2))
                                .results()
                                .allMatch(matcher -> matcher.group().contains("!=")
                                        != matcher.group(2)
                                                .equals(review[matcher.group(1).equals("webhook") ? 0 : 1])))
                        .count())
                .toList();
        long all = sums.stream().skip(1).mapToLong(sum -> sum).sum(); // behind the stroke of the fraction
        assertThat(sums.get(0) + " of " + all).isEqualTo(counted);
    }

    @Test
    void theGuideSaysWhatToDoAboutEachInTheirOrder() throws IOException {
        String guide = Files.readString(Path.of("docs", "operations.md"));
        assertThat(Pattern.compile("(?m)^#### (\\w+)\n\n\\S").matcher(guide).results())
                .extracting((MatchResult heading) -> heading.group(1))
                .containsExactlyElementsOf(alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode read(ObjectMapper mapper, String file) {
        try {
            return mapper.readTree(COMPONENT.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

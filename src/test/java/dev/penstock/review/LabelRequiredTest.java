package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.Documents;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.rules.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRequiredTest {
    private static final NamespaceLabels REQUIRING = namespace -> Map.of("penstock.dev/require-label", "true");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a new one without the label    | plain    | -        | labelRequired
        a new one with it              | labelled | -        | none
        one that loses it              | plain    | labelled | labelRequired
        one that never had it          | plain    | plain    | none
        one that gets it               | labelled | plain    | none
        """)
    void asksForTheLabelWhereANamespaceDoes(String story, String object, @Nullable String old, String rule)
            throws Exception {
        Reviewer reviewer = Reviewer.of(List.of(), REQUIRING);
        List<Finding> findings = reviewer.requireLabel(review(object, old)).findings();
        assertThat(findings.isEmpty() ? "none" : findings.get(0).rule()).isEqualTo(rule);
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.action()).isEqualTo(Action.DENY);
            assertThat(finding.path()).hasToString("metadata.labels[penstock.dev/pipeline]");
        });
        assertThat(reviewer.review(review(object, old)).findings())
                .extracting(Finding::rule)
                .filteredOn("labelRequired"::equals)
                .isEqualTo(rule.equals("none") ? List.of() : List.of(rule));
    }

    @Test
    void isSilentInOtherNamespaces() throws Exception {
        assertThat(Reviewer.of().review(review("plain", null)).findings()).isEmpty();
    }

    @Test
    void isWaivedByAnExemption() throws Exception {
        Reviewer reviewer = Reviewer.of(
                List.of(Documents.policy(
                        "a",
                        "{rules: {labelRequired: {}}, exemptions: [{names: [backup], rules: [labelRequired], reason: no"
                                + " pipeline}]}")),
                REQUIRING);
        assertThat(reviewer.requireLabel(review("plain", null)).isDenied()).isFalse();
    }

    private static Review review(String object, @Nullable String old) {
        return new Review(
                cronJob(object),
                old == null ? null : cronJob(old),
                "ml",
                new Review.Request(""),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static ObjectNode cronJob(String kind) {
        ObjectNode cronJob = Yaml.object("{metadata: {name: backup}}");
        if (kind.equals("labelled")) {
            cronJob.withObject("/metadata/labels").put("penstock.dev/pipeline", "default");
        }
        return cronJob;
    }
}

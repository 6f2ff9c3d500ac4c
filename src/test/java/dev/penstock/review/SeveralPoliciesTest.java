package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Documents;
import dev.penstock.policy.NamespaceLabels;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of findings where several policies apply. */
class SeveralPoliciesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody                             | {}                                                                   | Warn built-in
        one                                | {a: {R: {action: Deny}}}                                             | Deny a
        one that lets it be                | {a: {R: {action: Ignore}}}                                           | -
        two that say the same, once        | {a: {R: {action: Warn}}, b: {R: {action: Deny}}}                     | Deny b
        two that do the same, the first    | {a: {R: {action: Deny}}, b: {R: {action: Deny}}}                     | Deny a
        two that say something else        | {a: {R: {action: Deny}}, b: {R: {forbid: [], allow: ['v*']}}}        | Deny a, Warn b
        one for another namespace          | {a: {namespaceSelector: {matchLabels: {kind: web}}, R: {action: Deny}}} | Warn built-in
        one for this namespace             | {a: {namespaceSelector: {matchLabels: {kind: ml}}, R: {action: Deny}}} | Deny a
        tried out                          | {a: {enforcement: Warn, R: {action: Deny}}}                          | Warn a
        tried out unseen                   | {a: {enforcement: Audit, R: {action: Deny}}}                         | Warn built-in
        tried out unseen, and stricter     | {a: {enforcement: Audit, R: {action: Deny, forbid: [], allow: [x]}}} | Audit a, Warn built-in
        a profile that is not chosen       | {a: {profiles: {gpu: {R: {action: Deny}}}}}                          | Warn built-in
        """)
    void areAllSaid(String story, String documents, String findings) throws Exception {
        assertThat(findings(documents, "default", null)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the name                           | {a: {R: {action: Deny}, exemptions: [{names: ['nightly-*'], E}]}}    | Audit a
        another name                       | {a: {R: {action: Deny}, exemptions: [{names: ['hourly-*'], E}]}}     | Deny a
        the namespace                      | {a: {R: {action: Deny}, exemptions: [{namespaces: [ml], E}]}}        | Audit a
        one of several that holds          | {a: {R: {action: Deny}, exemptions: [{names: [x], E}, {names: [nightly-1], E}]}} | Audit a
        until today                        | {a: {R: {action: Deny}, exemptions: [{expires: 2026-03-01, E}]}}     | Audit a
        until yesterday                    | {a: {R: {action: Deny}, exemptions: [{expires: 2026-02-28, E}]}}     | Deny a
        from another rule                  | {a: {R: {action: Deny}, exemptions: [{rules: [schedule], reason: x}]}} | Deny a
        by another policy                  | {a: {exemptions: [{E}]}, b: {R: {action: Deny}}}                     | Deny b
        not by the other policy            | {a: {R: {action: Deny}, exemptions: [{E}]}, b: {R: {action: Deny}}}  | Deny b
        from the built-in setting          | {a: {exemptions: [{E}]}}                                             | Warn built-in
        from a profile's setting           | {a: {profiles: {gpu: {R: {action: Deny}}}, exemptions: [{E}]}}       | Audit a
        nothing gets stronger              | {a: {R: {action: Ignore}, exemptions: [{E}]}}                        | -
        """)
    void areWaivedByTheirOwnPolicy(String story, String documents, String findings) throws Exception {
        String specs = documents.replace("E}", "rules: [imageTag], reason: PLAT-212}");
        assertThat(findings(specs, "gpu", null)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same finding                   | {a: {R: {action: Deny}}, b: {R: {action: Deny}}}                     | Warn a
        waived                             | {a: {R: {action: Deny}, exemptions: [{rules: [imageTag], reason: x}]}} | Audit a
        """)
    void areLoosenedWhereTheOldObjectHadThem(String story, String documents, String findings) throws Exception {
        assertThat(findings(documents, "default", cronJob("default"))).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody                             | {}                                                     | Warn built-in
        a policy                           | {a: {rules: {labelRemoved: {action: Deny}}}}           | Deny a
        the profile that was chosen        | {a: {profiles: {gpu: {rules: {labelRemoved: {action: Deny}}}}}} | Deny a
        a profile that was not             | {a: {profiles: {cpu: {rules: {labelRemoved: {action: Deny}}}}}} | Warn built-in
        """)
    void knowWhatAppliedToAPipelineThatIsNoLonger(String story, String documents, String findings) throws Exception {
        ObjectNode unlabelled = cronJob("gpu");
        unlabelled.withObject("/metadata").remove("labels");
        assertThat(words(reviewer(documents).validate(review(unlabelled, cronJob("gpu"))), "labelRemoved"))
                .isEqualTo(findings);
    }

    @Test
    void sayNothingOfAProfileThatIsKnown() throws Exception {
        Reviewer reviewer = reviewer("{a: {profiles: {gpu: {}}}}");
        assertThat(words(reviewer.validate(review(cronJob("gpu"), null)), "profile"))
                .isEqualTo("-");
        assertThat(words(reviewer.validate(review(cronJob("cpu"), null)), "profile"))
                .isEqualTo("Deny built-in");
    }

    private static String findings(String documents, String profile, @Nullable ObjectNode old) throws Exception {
        String specs = documents.replaceAll("\\bR: (\\{[^}]*})", "rules: {imageTag: $1}");
        return words(reviewer(specs).validate(review(cronJob(profile), old)), "imageTag");
    }

    private static Reviewer reviewer(String documents) throws Exception {
        NamespaceLabels labels = namespace -> Map.of("kind", namespace);
        return Reviewer.of(Documents.all(documents), labels);
    }

    private static Review review(ObjectNode cronJob, @Nullable ObjectNode old) {
        return new Review(cronJob, old, "ml", new Review.Request(""), NOW);
    }

    private static ObjectNode cronJob(String profile) {
        ObjectNode cronJob = Yaml.pipelineOfPod("{restartPolicy: Never, containers: [{name: a, image: 'a:latest'}]}");
        cronJob.withObject("/metadata").put("name", "nightly-1");
        cronJob.withObject("/metadata/labels").put("penstock.dev/pipeline", profile);
        return cronJob;
    }

    private static String words(Verdict verdict, String rule) {
        String words = verdict.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(finding -> finding.action() + " " + finding.policy())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "-" : words;
    }
}

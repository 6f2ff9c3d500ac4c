package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Reason;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditAnnotationsTest {
    private static final FieldPath SPEC = FieldPath.ROOT.member("spec");
    private static final int MAX = 10_240;

    @Test
    void holdWhatTheReviewCameTo() {
        assertThat(of(List.of(finding("no")), List.of(change("schedule"), change("timeZone")), "{\"spec\":\"x\"}"))
                .isEqualTo(Map.of(
                        "verdict",
                        "allowed",
                        "policies",
                        "science, built-in",
                        "changed",
                        "spec.schedule, spec.timeZone",
                        "defaulted",
                        "{\"spec\":\"x\"}",
                        "findings",
                        "spec.a: Invalid value: x: no (rule schedule) [policy science]"));
    }

    @Test
    void callAContainerWhatTheAnnotationCallsIt() {
        FieldPath image = SPEC.member("containers").element(0, "train").member("image");
        assertThat(of(List.of(), List.of(change(image)), "")).containsEntry("changed", "spec.containers[train].image");
    }

    @Test
    void holdNothingButVerdictAndPoliciesWhereThereIsNothing() {
        assertThat(of(List.of(), List.of(), ""))
                .isEqualTo(Map.of("verdict", "allowed", "policies", "science, built-in"));
    }

    @Test
    void haveKeysThatKubernetesTakesBehindEachWebhooksName() {
        // apimachinery, util/validation: IsQualifiedName; apiserver, admission/attributes.go: checkKeyFormat.
        assertThat(of(List.of(finding("no")), List.of(change("a")), "x").keySet())
                .hasSize(5)
                .allMatch(key -> key.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
    }

    @Test
    void areNoLongerThanKubernetesAllowsItsOwnWhateverWasSent() {
        for (String letter : List.of("x", "ß", "…", "😀", "\ud83d")) {
            for (int length : List.of(MAX / 3, MAX - 1, MAX, MAX + 1, 1 << 18)) {
                String text = letter.repeat(length);
                Map<String, String> annotations =
                        of(Collections.nCopies(3, finding(text)), Collections.nCopies(3, change(text)), text);
                assertThat(annotations)
                        .hasSize(5)
                        .allSatisfy((key, value) -> assertThat(bytes(value)).isLessThanOrEqualTo(MAX));
                assertThat(annotations.getOrDefault("findings", "").endsWith("…") || length < MAX / 3)
                        .isTrue();
            }
        }
    }

    @Test
    void keepWhatJustFitsAndCutBetweenCharacters() {
        assertThat(of(List.of(), List.of(), "x".repeat(MAX))).containsEntry("defaulted", "x".repeat(MAX));
        assertThat(of(List.of(), List.of(), "x".repeat(MAX + 1))).containsEntry("defaulted", "x".repeat(MAX - 3) + "…");
        assertThat(of(List.of(), List.of(), "a" + "😀".repeat(MAX)).get("defaulted"))
                .isEqualTo("a" + "😀".repeat((MAX - 4) / 4) + "…");
    }

    private static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, String> of(List<Finding> findings, List<Change> changes, String defaulted) {
        Verdict verdict = new Verdict(
                findings,
                List.of(),
                changes,
                JsonNodeFactory.instance.arrayNode(),
                defaulted,
                List.of("science", "built-in"),
                Optional.empty());
        return AuditAnnotations.of(verdict);
    }

    private static Finding finding(String detail) {
        return new Finding(
                "schedule",
                "science",
                Action.AUDIT,
                Finding.Kind.INVALID,
                SPEC.member("a"),
                "x",
                "x",
                detail,
                false,
                "");
    }

    private static Change change(String field) {
        return change(SPEC.member(field));
    }

    private static Change change(FieldPath field) {
        return new Change(
                field, JsonNodeFactory.instance.missingNode(), JsonNodeFactory.instance.nullNode(), Reason.made());
    }
}

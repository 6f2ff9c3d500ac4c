package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.FieldPath;
import dev.penstock.policy.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {
    private static final FieldPath LIST = FieldPath.ROOT.member("containers");
    private static final Finding FINDING = finding("imageTag", Finding.Kind.INVALID, LIST.element(0, "main"), "\"a\"");

    @ParameterizedTest(name = "{0}")
    @EnumSource(Finding.Kind.class)
    void endsWithItsRule(Finding.Kind kind) {
        assertThat(finding("imageTag", kind, LIST, "\"a\"").message()).endsWith("detail (rule imageTag)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"INVALID, true", "NOT_SUPPORTED, true", "REQUIRED, false", "FORBIDDEN, false", "TOO_LONG, false"})
    void showsTheValueWhereKubernetesDoes(Finding.Kind kind, boolean shown) {
        assertThat(finding("r", kind, LIST, "\"value\"").message().contains("\"value\""))
                .isEqualTo(shown);
    }

    @Test
    void shortensALongValue() {
        String message =
                finding("r", Finding.Kind.INVALID, LIST, "x".repeat(100_000)).message();
        assertThat(message).hasSizeLessThan(200).contains("x…: detail");
    }

    @Test
    void cutsNoCharacterInTwo() {
        for (int before = 70; before < 85; before++) {
            String message = finding("r", Finding.Kind.INVALID, LIST, "x".repeat(before) + "🚀".repeat(9))
                    .message();
            assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(message);
        }
    }

    @Test
    void takesAnotherAction() {
        assertThat(FINDING.with(Action.WARN).action()).isEqualTo(Action.WARN);
        assertThat(FINDING.with(Action.WARN).with(Action.DENY)).isEqualTo(FINDING);
    }

    @Test
    void isTheSameAtAnotherPosition() {
        assertThat(finding("imageTag", Finding.Kind.INVALID, LIST.element(7, "main"), "\"a\"")
                        .identity())
                .isEqualTo(FINDING.identity())
                .isEqualTo(FINDING.with(Action.WARN).identity());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another rule, other, INVALID, main, a",
        "another kind, imageTag, REQUIRED, main, a",
        "another container, imageTag, INVALID, other, a",
        "another value, imageTag, INVALID, main, b"
    })
    void isAnotherWhereAnythingElseDiffers(
            String story, String rule, Finding.Kind kind, String container, String value) {
        assertThat(finding(rule, kind, LIST.element(0, container), "\"" + value + "\"")
                        .identity())
                .isNotEqualTo(FINDING.identity());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one                                | a Warn main x                  | a Warn
        the same, the strongest            | a Warn main x, b Deny main x   | b Deny
        as strong, the first               | a Deny main x, b Deny main x   | a Deny
        of another container               | a Warn main x, b Deny next x   | a Warn, b Deny
        something else                     | a Warn main x, b Deny main y   | a Warn, b Deny
        in the place of the first          | a Warn main x, b Warn next x, c Deny main x | c Deny, b Warn
        """)
    void isSaidOnce(String story, String findings, String strongest) {
        List<Finding> all = Stream.of(findings.split(", ", -1))
                .map(finding -> finding.split(" ", -1))
                .map(parts -> new Finding(
                        "imageTag",
                        parts[0],
                        Action.of(parts[1]).orElseThrow(),
                        Finding.Kind.INVALID,
                        LIST.element(parts[2].equals("main") ? 0 : 1, parts[2]),
                        "\"a\"",
                        "\"a\"",
                        parts[3],
                        false,
                        ""))
                .toList();
        assertThat(Finding.strongest(all).stream()
                        .map(finding -> finding.policy() + " " + finding.action())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(strongest);
    }

    private static Finding finding(String rule, Finding.Kind kind, FieldPath path, String value) {
        return new Finding(rule, "test", Action.DENY, kind, path, value, value, "detail", false, "");
    }
}

package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Notice;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {
    private static final FieldPath SCHEDULE = FieldPath.ROOT.member("spec").member("schedule");
    private static final FieldPath POD_SPEC = FieldPath.ROOT
            .member("spec")
            .member("jobTemplate")
            .member("spec")
            .member("template")
            .member("spec");
    private static final FieldPath IMAGE =
            POD_SPEC.member("containers").element(3, "main").member("image");

    @Test
    void areTheNoticesAndThenTheFindings() {
        Verdict verdict = verdict(List.of(new Notice(IMAGE, "becomes b")), finding(Action.WARN, SCHEDULE, "detail"));
        assertThat(Warnings.of(verdict))
                .containsExactly(
                        "containers[main].image becomes b", "spec.schedule: Required value: detail (rule schedule)");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Action.class,
            names = {"DENY", "AUDIT"})
    void areNotWhatIsDeniedOrAudited(Action action) {
        assertThat(Warnings.of(verdict(List.of(), finding(action, SCHEDULE, "detail"))))
                .isEmpty();
    }

    @Test
    void areSaidOnce() {
        Notice notice = new Notice(SCHEDULE, "a becomes b");
        assertThat(Warnings.of(verdict(List.of(notice, notice)))).hasSize(1);
    }

    @Test
    void areAHundredAtMost() {
        List<Notice> notices = IntStream.range(0, 103)
                .mapToObj(i -> new Notice(SCHEDULE, "is " + i))
                .toList();
        assertThat(Warnings.of(verdict(notices))).hasSize(101).endsWith("spec.schedule is 99", "and 3 more");
    }

    @Test
    void areWholeWhereAllFitTogether() {
        String path = "spec.schedule ";
        assertThat(warning("x".repeat(2000 - path.length()))).hasSize(2000).endsWith("x");
        assertThat(warning("x".repeat(2001 - path.length()))).hasSize(2000).endsWith("x…");
    }

    @Test
    void areCutToTheirShareWhereTheyAreTooLongTogether() {
        List<String> warnings =
                Warnings.of(verdict(List.of(new Notice(SCHEDULE, "short"), new Notice(IMAGE, "x".repeat(3000)))));
        assertThat(warnings).extracting(String::length).containsExactly("spec.schedule short".length(), 1000);
    }

    @Test
    void have120CharactersHoweverManyThereAre() {
        List<Notice> many = IntStream.range(0, 100)
                .mapToObj(i -> new Notice(SCHEDULE, i + "x".repeat(200)))
                .toList();
        assertThat(Warnings.of(verdict(many))).hasSize(100).allMatch(warning -> warning.length() == 120);
    }

    @Test
    void areCutBeforeTheRule() {
        assertThat(Warnings.of(verdict(List.of(), finding(Action.WARN, SCHEDULE, "x".repeat(3000)))))
                .singleElement()
                .satisfies(warning -> assertThat(warning).hasSize(2000).endsWith("x… (rule schedule)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\u0000", "\u007f", "\u0085", "\u009f"})
    void areOneLineWithoutControlCharacters(String control) {
        // What Go's unicode.IsControl finds makes the API server drop the whole warning: apimachinery,
        // util/net/http.go.
        String warning = warning("a" + control + "b");
        assertThat(warning).startsWith("spec.schedule a").endsWith("b");
        assertThat(warning.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void cutNoCharacterInTwo() {
        for (int before = 1975; before < 1990; before++) {
            String warning = warning("x".repeat(before) + "🚀".repeat(9));
            assertThat(new String(warning.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(warning);
        }
    }

    private static String warning(String text) {
        return Warnings.of(verdict(List.of(new Notice(SCHEDULE, text)))).get(0);
    }

    private static Verdict verdict(List<Notice> notices, Finding... findings) {
        return new Verdict(
                List.of(findings),
                notices,
                List.of(),
                JsonNodeFactory.instance.arrayNode(),
                "",
                List.of(),
                Optional.empty());
    }

    private static Finding finding(Action action, FieldPath path, String detail) {
        return new Finding("schedule", "test", action, Finding.Kind.REQUIRED, path, "", "", detail, false, "");
    }
}

package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the threats has each of them, and names tests that there are. */
class ThreatsPageTest {
    private static final int THREATS = 18;
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|(?: [^|]+ \\|){2} ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern PROOF = Pattern.compile("`(\\w+)`(?:, (?=`)|$)");
    private static final Set<String> CLASSES = classes();

    /** @param answer to the threat */
    record Threat(int number, String answer, String proofs) {
        @Override
        public String toString() {
            return String.valueOf(number);
        }
    }

    static List<Threat> threats() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs", "threats.md")))
                .results()
                .map(row -> new Threat(Integer.parseInt(row.group(1)), row.group(2), row.group(3)))
                .toList();
    }

    @Test
    void hasEachThreatInTheOrderOfThePaper() throws IOException {
        assertThat(threats())
                .extracting(Threat::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, THREATS).boxed().toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("threats")
    void namesTestsThatThereAreOrSaysThatItIsOpen(Threat threat) {
        if (threat.proofs.equals("none")) {
            assertThat(threat.answer).contains("**Open**");
            return;
        }
        List<MatchResult> proofs = PROOF.matcher(threat.proofs).results().toList();
        assertThat(proofs.stream().map(MatchResult::group).collect(Collectors.joining()))
                .isEqualTo(threat.proofs);
        assertThat(proofs).extracting(proof -> proof.group(1)).isNotEmpty().allMatch(CLASSES::contains);
    }

    private static Set<String> classes() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

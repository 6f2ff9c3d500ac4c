package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Repeated;
import dev.penstock.review.Reviewer;
import dev.penstock.yaml.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file of manifests holds, it is refused with a place that there is, or reviewed once and for all. */
class ManifestFuzzTest {
    private static final Reviewer REVIEWER = reviewer();

    private static Reviewer reviewer() {
        try {
            return Reviewer.of();
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<byte[]> manifests() {
        return Case.all().stream().map(Case::input).map(file -> {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @MethodSource("manifests")
    @FuzzTest(maxDuration = "1m")
    void isRefusedOrReviewedOnceAndForAll(byte[] bytes) throws IOException {
        try {
            ManifestFile.read("f.yaml", new ByteArrayInputStream(bytes))
                    .manifests()
                    .forEach(ManifestFuzzTest::review);
        } catch (UnreadableException e) {
            assertThat(Unread.of("f.yaml", e).toString()).startsWith("f.yaml");
        }
    }

    private static void review(ManifestFile.Entry manifest) {
        ObjectNode object = manifest.object();
        assertThat(manifest.place("/spec/schedule").line()).isNotNegative();
        try {
            Repeated.mutated(REVIEWER, object).ifPresent(mutated -> Repeated.validated(REVIEWER, mutated));
        } catch (WrongTypeException e) {
            assertThat(e.sentence()).contains(": must be ");
        }
    }
}

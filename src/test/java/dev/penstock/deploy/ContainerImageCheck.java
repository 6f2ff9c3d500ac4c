package dev.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.deploy.ContainerImage.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What jib handed over last, on no base, which only a registry has: {@code target/image.tar}. Runs where it is named, right
 * after the image is built: {@code .ci/run}.
 */
class ContainerImageCheck {
    // The executable may be 70 MB, and the base is some 20.
    private static final long MOST_BYTES = 70_000_000;

    private static ContainerImage image;

    @BeforeAll
    static void read() throws Exception {
        image = ContainerImage.read(Path.of("target/image.tar"));
    }

    @Test
    void hasItsVersionForATag() {
        assertThat(image.tags())
                .containsExactly("penstock:"
                        + image.config()
                                .at("/Labels")
                                .path("org.opencontainers.image.version")
                                .asText());
        assertThat(image.tags().get(0)).matches("penstock:\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void saysWhatItIs() {
        assertThat(image.config().path("Labels").properties())
                .extracting(label -> label.getKey())
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.licenses");
    }

    @Test
    void runsAsAUserThatIsNotRoot() {
        // By number: Kubernetes cannot tell of a name whether it is root, and refuses it under runAsNonRoot.
        assertThat(image.config().path("User").asText()).isEqualTo("1001");
    }

    @Test
    void serves() {
        List<String> entryPoint = StreamSupport.stream(
                        image.config().path("Entrypoint").spliterator(), false)
                .map(word -> word.asText())
                .toList();
        assertThat(entryPoint).endsWith("serve");
        assertThat(entryPoint.get(0)).isIn("java", "./application"); // no shell, which would keep signals to itself
        assertThat(image.config().path("Cmd").isEmpty()).isTrue();
    }

    @Test
    void exposesTheWebhookAndItsHealth() {
        assertThat(image.config().path("ExposedPorts").properties())
                .extracting(port -> port.getKey())
                .containsExactlyInAnyOrder("8443/tcp", "9000/tcp");
    }

    @Test
    void holdsNothingElse() {
        String folder = image.config().path("WorkingDir").asText().substring(1) + "/";
        assertThat(image.files()).isNotEmpty().allSatisfy(file -> {
            assertThat(file.path()).startsWith(folder);
            assertThat(file.path()).matches(".*(/application|\\.jar|\\.dat|\\.txt)");
        });
        assertThat(image.size()).isLessThan(MOST_BYTES);
    }

    @Test
    void isForNobodyElseToWrite() {
        assertThat(image.files())
                .extracting(Member::mode)
                .allSatisfy(mode -> assertThat(mode & 0002).isZero());
    }
}

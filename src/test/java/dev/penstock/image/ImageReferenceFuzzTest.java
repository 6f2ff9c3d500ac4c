package dev.penstock.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text of an image, it is refused, or read as what it says. */
class ImageReferenceFuzzTest {

    static Stream<byte[]> images() {
        return Stream.of(
                        "app",
                        "app:latest",
                        "team/app",
                        "registry:5000/team/app:1.2",
                        "localhost/a__b-c.d:V_1",
                        "[2001:db8::1]:5000/app",
                        "index.docker.io/app",
                        "Docker.io/library/app@sha256:" + "0123456789abcdef".repeat(4),
                        "app:1@sha512:" + "0123456789abcdef".repeat(8))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("images")
    @FuzzTest(maxDuration = "1m")
    void isRefusedOrReadAsWhatItSays(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        ImageReference.parse(text).ifPresent(image -> {
            assertThat(image).hasToString(text);
            assertThat(image.isUntagged())
                    .isEqualTo(image.tag().isEmpty() && image.digest().isEmpty());
            assertThat(parsed(image.withTag("other").toString()).tag()).contains("other");
            String full = image.fullName();
            assertThat(ImageReference.isRegistry(full.substring(0, full.indexOf('/'))))
                    .isTrue();
            // Docker Hub in front may make it longer than a name may be.
            ImageReference.parse(full)
                    .ifPresent(again -> assertThat(again.fullName()).isEqualTo(full));
        });
    }

    private static ImageReference parsed(String text) {
        return ImageReference.parse(text).orElseThrow(() -> new AssertionError("no image: " + text));
    }
}

package dev.penstock.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {
    // distribution/reference: the grammar as it is written there.
    private static final String HOST_PART = "[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+";
    private static final String HOST =
            "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*+|\\[[a-fA-F0-9:]++])(?::[0-9]++)?+";
    private static final String PATH_PART = "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+";
    private static final Pattern GRAMMAR = Pattern.compile("(?<name>(?:" + HOST + "/)?" + PATH_PART + "(?:/" + PATH_PART
            + ")*+)(?::(?<tag>[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}+))?+(?:@(?<digest>sha256:[0-9a-f]{64}))?+");
    private static final String SIGNS = "aG0.-_:/@[]";

    private static final String HEX = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a short name                    | app                              | app                        | ``       | ``
        a short name with a tag         | app:1.4                          | app                        | 1.4      | ``
        a user of Docker Hub            | team/app:1                       | team/app                   | 1        | ``
        a registry                      | registry.example.com/a/b/c:x     | registry.example.com/a/b/c | x        | ``
        a registry's port is no tag     | registry:5000/app                | registry:5000/app          | ``       | ``
        a registry with a port          | registry:5000/app:1              | registry:5000/app          | 1        | ``
        a name that looks like a host   | localhost:5000                   | localhost                  | 5000     | ``
        localhost                       | localhost/app                    | localhost/app              | ``       | ``
        an address                      | 10.0.0.1:5000/app:1              | 10.0.0.1:5000/app          | 1        | ``
        an IPv6 address                 | [2001:db8::1]/app:1              | [2001:db8::1]/app          | 1        | ``
        an IPv6 address with a port     | [::1]:5000/app                   | [::1]:5000/app             | ``       | ``
        a host with capitals            | REGISTRY.example.com/app:1       | REGISTRY.example.com/app   | 1        | ``
        separators in a path            | a.b_c__d-e---f/app               | a.b_c__d-e---f/app         | ``       | ``
        a tag with capitals and signs   | app:V1.0_a-B                     | app                        | V1.0_a-B | ``
        a tag that begins with _        | app:_1                           | app                        | _1       | ``
        a digest                        | app@sha256:HEX                   | app                        | ``       | sha256:HEX
        a tag and a digest              | app:1@sha256:HEX                 | app                        | 1        | sha256:HEX
        a port and a digest             | registry:5000/app@sha256:HEX     | registry:5000/app          | ``       | sha256:HEX
        a longer digest                 | app@sha512:HEXHEX                | app                        | ``       | sha512:HEXHEX
        """)
    void readsWhatARuntimeReads(String story, String text, String name, String tag, String digest) {
        ImageReference reference = ImageReference.parse(withHex(text)).orElseThrow();
        assertThat(reference.name()).isEqualTo(name);
        assertThat(reference.tag().orElse("")).isEqualTo(tag);
        assertThat(reference.digest().orElse("")).isEqualTo(withHex(digest));
        assertThat(reference.isUntagged()).isEqualTo(tag.isEmpty() && digest.isEmpty());
        assertThat(reference).hasToString(withHex(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "app, docker.io/library/app",
        "app:1, docker.io/library/app",
        "team/app, docker.io/team/app",
        "docker.io/app, docker.io/library/app",
        "docker.io/team/app, docker.io/team/app",
        "index.docker.io/app, docker.io/library/app",
        "registry.example.com/app, registry.example.com/app",
        "registry:5000/app, registry:5000/app",
        "registry/app, docker.io/registry/app",
        "localhost/app, localhost/app",
        "localhost:5000, docker.io/library/localhost",
        "REGISTRY/app, REGISTRY/app",
        "'[::1]/app', '[::1]/app'"
    })
    void hasAFullName(String text, String fullName) {
        assertThat(ImageReference.parse(text).map(ImageReference::fullName)).hasValue(fullName);
    }

    static Stream<Arguments> notReferences() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("a blank", " "),
                Arguments.of("a blank behind it", "app "),
                Arguments.of("a line break", "app\n"),
                Arguments.of("capitals in the path", "registry.example.com/App:1"),
                Arguments.of("capitals in a short name", "App"),
                Arguments.of("no path", "registry:5000/"),
                Arguments.of("an empty part", "a//b"),
                Arguments.of("a slash in front", "/app"),
                Arguments.of("an empty tag", "app:"),
                Arguments.of("two tags", "app:1:2"),
                Arguments.of("a tag that begins with a dash", "app:-1"),
                Arguments.of("a port that is none", "registry:port/app"),
                Arguments.of("a separator at the end", "app-"),
                Arguments.of("a separator in front", "_app"),
                Arguments.of("two dots", "a..b"),
                Arguments.of("three underscores", "a___b"),
                Arguments.of("a scheme", "https://registry.example.com/app"),
                Arguments.of("an empty digest", "app@"),
                Arguments.of("a digest that is cut off", "app@sha256:" + HEX.substring(1)),
                Arguments.of("a digest that is too long", "app@sha256:" + HEX + "0"),
                Arguments.of("a digest with capitals", "app@sha256:" + HEX.replace('a', 'A')),
                Arguments.of("an unknown algorithm", "app@md5:" + HEX),
                Arguments.of("the tag behind the digest", "app@sha256:" + HEX + ":1"),
                Arguments.of("a foreign letter", "größe"),
                Arguments.of("a tag of 129 characters", "app:" + "x".repeat(129)),
                Arguments.of("a path of 256 characters", "x".repeat(256)),
                Arguments.of("a placeholder", "${image}"),
                Arguments.of("a template that was not filled in", "{{ .Values.image }}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notReferences")
    void refusesWhatARuntimeRefuses(String story, String text) {
        assertThat(ImageReference.parse(text)).isEmpty();
        assertThat(ImageReference.fault(text)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a reference             | registry.example.com/a:1          | ``
        capitals                | registry.example.com/Team/A:1     | write the repository in lower case
        capitals and a digest   | App@sha256:HEX                    | write the repository in lower case
        an empty part           | registry.example.com//a:1         | a part is missing before or behind a slash
        a slash at the end      | registry.example.com/:1           | a part is missing before or behind a slash
        a scheme                | https://registry.example.com/a:1  | leave out what ends with ://
        a sign in the tag       | a:1.0+build                       | a tag is of letters, digits, _, . and -, and begins with none of the last two
        no tag behind the colon | a:                                | the tag is missing behind the colon
        a blank                 | `a :1`                            | leave out the blanks
        a short digest          | a@sha256:abc                      | a digest is sha256: and 64 hex digits, in lower case
        something else          | ${image}                          | write registry/repository:tag
        """)
    void tellsWhatKeepsATextFromBeingAReference(String story, String text, String fault) {
        assertThat(ImageReference.fault(withHex(text))).isEqualTo(fault);
    }

    @Test
    void tellsWhatIsTooLong() {
        assertThat(ImageReference.fault("app:" + "x".repeat(129))).isEqualTo("the tag has over 128 characters");
        assertThat(ImageReference.fault("x".repeat(256))).isEqualTo("registry and repository have over 255 characters");
        assertThat(ImageReference.fault("x".repeat(641))).isEqualTo("has over 640 characters");
    }

    @Test
    void readsTheLongestThereAre() {
        assertThat(ImageReference.parse("app:" + "x".repeat(128))).isPresent();
        assertThat(ImageReference.parse("x".repeat(255))).isPresent();
        assertThat(ImageReference.parse("x".repeat(255) + ":" + "x".repeat(128) + "@sha512:" + HEX + HEX))
                .isPresent();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("one letter", "a".repeat(100_000)),
                Arguments.of("letters and dashes", "a-".repeat(50_000)),
                Arguments.of("letters and dashes, short enough to be read", "a-".repeat(300)),
                Arguments.of("dashes", "a" + "-".repeat(600) + "!"),
                Arguments.of("dots", "a.".repeat(50_000)),
                Arguments.of("dots, short enough", "a.".repeat(300)),
                Arguments.of("underscores", "a" + "_".repeat(600)),
                Arguments.of("parts", "a/".repeat(100)),
                Arguments.of("many parts", "a/".repeat(300) + "!"),
                Arguments.of("parts and hosts", "a.a-a/".repeat(100) + "A"),
                Arguments.of("colons", "a:".repeat(300)),
                Arguments.of("ports", "a:5000/".repeat(80)),
                Arguments.of("brackets", "[".repeat(600)),
                Arguments.of("an endless address", "[" + ":".repeat(600) + "]/a!"),
                Arguments.of("digests", "a@sha256:".repeat(60)),
                Arguments.of("an endless algorithm", "a@" + "a+".repeat(300) + ":" + HEX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refusesHostileTextAtOnce(String story, String text) {
        assertThat(ImageReference.parse(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        where there was none    | registry:5000/app | registry:5000/app:stable
        instead of another      | app:1             | app:stable
        beside a digest         | app@sha256:HEX    | app:stable@sha256:HEX
        """)
    void takesAnotherTag(String story, String text, String tagged) {
        ImageReference reference = ImageReference.parse(withHex(text)).orElseThrow();
        assertThat(reference.withTag("stable")).hasToString(withHex(tagged));
    }

    private static String withHex(String text) {
        return text.replace("HEX", HEX);
    }

    @Test
    void followsTheGrammarOfEveryShortText() {
        for (int length = 0; length <= 5; length++) {
            forEachText("", length, ImageReferenceTest::assertFollowsTheGrammar);
        }
    }

    private static void forEachText(String begin, int more, Consumer<String> text) {
        if (more == 0) {
            text.accept(begin);
            return;
        }
        for (int i = 0; i < SIGNS.length(); i++) {
            forEachText(begin + SIGNS.charAt(i), more - 1, text);
        }
    }

    @Test
    void followsTheGrammarOfRandomTexts() {
        String[] parts = {
            "a",
            "app",
            "B",
            "0",
            ".",
            "-",
            "--",
            "_",
            "__",
            ":",
            "/",
            "/",
            "[::1]",
            ":5000",
            ":v1",
            "é",
            "@sha256:" + HEX,
            "@"
        };
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            assertFollowsTheGrammar(text.toString());
        }
    }

    private static void assertFollowsTheGrammar(String text) {
        Matcher expected = GRAMMAR.matcher(text);
        Optional<ImageReference> reference = ImageReference.parse(text);
        if (reference.isPresent() != expected.matches()) {
            fail(text + " is read as " + reference);
        } else if (reference.isPresent()) {
            ImageReference is = reference.get();
            boolean alike = is.name().equals(expected.group("name"))
                    && is.tag().equals(Optional.ofNullable(expected.group("tag")))
                    && is.digest().equals(Optional.ofNullable(expected.group("digest")));
            assertThat(alike).as(text).isTrue();
        }
    }
}

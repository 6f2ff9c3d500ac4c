package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that users read are true. */
class PoliciesPageTest {
    private static final Pattern KNOWN = Pattern.compile("known are: (.*)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"docs/policies.md", "README.md"})
    void showsDocumentsThatCanBeUsed(String page) throws Exception {
        List<String> examples = new ArrayList<>();
        Matcher blocks = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(Path.of(page)));
        while (blocks.find()) {
            if (blocks.group(1).contains("kind: Pipeline")) {
                examples.add(blocks.group(1));
            }
        }
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            Path file = Files.writeString(folder.resolve("example.yaml"), example);
            assertThat(PolicyFiles.read(file, Rules::problems).unusable()).isEmpty();
        }
    }

    @Test
    void namesEveryKey() throws IOException {
        String page = Files.readString(Path.of("docs/policies.md"));
        for (String spec : List.of(
                "{x: 1}",
                "{image: {x: 1}}",
                "{namespaceSelector: {x: 1}}",
                "{exemptions: [{x: 1, rules: [a], reason: b}]}")) {
            assertThat(keys(spec))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(page).contains(key + "`"));
        }
    }

    private static List<String> keys(String spec) {
        List<String> keys = new ArrayList<>();
        try {
            Documents.policy("test", spec);
        } catch (InvalidPolicyException e) {
            Matcher known = KNOWN.matcher(String.valueOf(e.getMessage()));
            while (known.find()) {
                keys.addAll(List.of(known.group(1).split(", ")));
            }
        }
        return keys;
    }
}

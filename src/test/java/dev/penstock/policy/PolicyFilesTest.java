package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.policy.PolicyFiles.Unusable;
import dev.penstock.policy.PolicyFiles.Usable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void readsAllFilesOfAFolder() throws Exception {
        write("b.yaml: one, defaults; a.yml: two; policy.json: no; .hidden.yaml: no; README: no; .yaml: no");
        Files.createDirectory(folder.resolve("sub.yaml"));
        assertThat(read().allUsable())
                .extracting(one ->
                        folder.relativize(one.file()) + ": " + one.document().id())
                .containsExactly(
                        "a.yml: PipelinePolicy two",
                        "b.yaml: PipelinePolicy one",
                        "b.yaml: PipelineDefaults ml/defaults");
    }

    /** As kubectl does: what nobody sees in a report would be in force there. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb.yaml", "\n\n.yml", "a\u2028.yaml", "a\r.yaml"})
    void readsAFileOfAnyName(String name) throws Exception {
        Files.writeString(folder.resolve(name), document("one"));
        assertThat(words(read().allUsable())).isEqualTo("one");
    }

    @Test
    void readsAFile() throws Exception {
        write("b.yaml: one, two; a.yaml: three");
        assertThat(words(PolicyFiles.read(folder.resolve("b.yaml"), document -> List.of())
                        .allUsable()))
                .isEqualTo("one, two");
    }

    @Test
    void readsAnEmptyFolder() throws Exception {
        assertThat(read().allUsable()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a bad document             | a.yaml: one, bad two            | a.yaml:8:18: PipelinePolicy two: spec.priority: must be a whole number
        no document                | a.yaml: ''; b.yaml: one         | a.yaml: holds no document
        no YAML                    | a.yaml: one; b.yaml: broken     | b.yaml:2:1: not YAML: expected the node content, but found '<stream end>'
        one without a name         | a.yaml: one, nameless           | a.yaml:5:1: metadata.name: must be given
        what else is wrong         | a.yaml: wrong                   | a.yaml:1:1: PipelinePolicy wrong: spec: is wrong
        the same name twice        | a.yaml: one; b.yaml: one        | a.yaml:3:18: PipelinePolicy one: metadata.name: is there more than once, in a.yaml, b.yaml; b.yaml:3:18: PipelinePolicy one: metadata.name: is there more than once, in a.yaml, b.yaml
        twice in a file            | a.yaml: one, one                | a.yaml:3:18: PipelinePolicy one: metadata.name: is there more than once, in a.yaml; a.yaml:7:18: PipelinePolicy one: metadata.name: is there more than once, in a.yaml
        the name of the lowest     | a.yaml: built-in                | a.yaml:3:18: PipelinePolicy built-in: metadata.name: is that of the policy below all others: choose another
        """)
    void namesWhatCannotBeUsed(String story, String files, String problems) throws Exception {
        write(files);
        PolicyFiles read = read();
        assertThat(catchThrowableOfType(InvalidPolicyException.class, read::allUsable))
                .message()
                .isEqualTo(problems.replace("; ", "\n").replaceAll("(?m)^", folder + "/"));
    }

    @Test
    void opensNothingInAFolderButFiles() throws Exception {
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("/dev/null"));
        assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> read().allUsable()))
                .hasMessage(folder.resolve("a.yaml") + ": is no file");
        assertThat(catchThrowableOfType(
                        InvalidPolicyException.class,
                        () -> PolicyFiles.read(folder.resolve("a.yaml"), document -> List.of())
                                .allUsable()))
                .as("one that is named")
                .hasMessage(folder.resolve("a.yaml") + ": holds no document");
    }

    @Test
    void tellsAKindFromAnother() throws Exception {
        write("a.yaml: defaults");
        Files.writeString(folder.resolve("b.yaml"), document("defaults").replace("ml", "other"));
        assertThat(read().allUsable()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another document               | a.yaml: one                | a.yaml: two                     | two
        one more                       | a.yaml: one                | a.yaml: one; b.yaml: two        | one, two
        one less                       | a.yaml: one; b.yaml: two   | b.yaml: two                     | two
        a bad version                  | a.yaml: one; b.yaml: two   | a.yaml: bad one; b.yaml: three  | one, three
        a bad version in another file  | a.yaml: one                | a.yaml: two; b.yaml: bad one    | one, two
        a bad one among good ones      | a.yaml: one, two, three    | a.yaml: one, bad two            | one, two
        a bad one that is new          | a.yaml: one                | a.yaml: one; b.yaml: bad two    | one
        a bad one with another name    | a.yaml: one; b.yaml: two   | a.yaml: bad other; b.yaml: two  | one, two
        no name any more               | a.yaml: one, two           | a.yaml: two, nameless           | one, two
        no YAML any more               | a.yaml: one, two; b.yaml: three | a.yaml: broken             | one, two
        moved, and its file is broken  | a.yaml: one, two           | a.yaml: broken; b.yaml: one     | one, two
        the same name twice            | a.yaml: one                | a.yaml: one; b.yaml: one        | one
        """)
    void keepsTheLastGoodVersionOfWhatCannotBeUsed(String story, String before, String files, String inForce)
            throws Exception {
        write(before);
        List<Usable> good = read().allUsable();
        try (var old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        write(files);
        assertThat(words(read().after(good))).isEqualTo(inForce);
    }

    @Test
    void keepsEverythingWhereTheFolderIsGone() throws Exception {
        write("a.yaml: one; b.yaml: two");
        List<Usable> good = read().allUsable();
        PolicyFiles gone = PolicyFiles.read(folder.resolve("gone"), document -> List.of());
        assertThat(gone.unusable()).extracting(Unusable::file).containsExactly(folder.resolve("gone"));
        Unusable folderItself = new Unusable(folder, null, List.of());
        assertThat(new PolicyFiles(List.of(), List.of(folderItself)).after(good))
                .isEqualTo(good);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing | ''                                  | policy built-in
        one     | a.yaml: one                         | policy one
        two     | a.yaml: one; b.yaml: defaults       | policy one, defaults defaults
        many    | a.yaml: one, two, three, four, five, six | 6 documents
        """)
    void areNamed(String story, String files, String words) throws Exception {
        write(files);
        assertThat(PolicyFiles.words(read().allUsable())).isEqualTo(words);
    }

    private PolicyFiles read() {
        return PolicyFiles.read(
                folder,
                document -> document.id().name().equals("wrong")
                        ? List.of(new PolicyProblem("spec", "is wrong"))
                        : List.of());
    }

    private static String words(List<Usable> documents) {
        return documents.stream()
                .map(one -> one.document().id().name())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** @param files {@code FILE: NAME, NAME; FILE: …}, with {@code bad} before a name for a document that cannot be used */
    private void write(String files) throws IOException {
        for (String file : files.replace("''", "").split("; ", -1)) {
            String[] parts = file.split(": *", 2);
            if (parts.length == 2) {
                Files.writeString(
                        folder.resolve(parts[0]),
                        Arrays.stream(parts[1].split(", ", -1))
                                .map(PolicyFilesTest::document)
                                .collect(Collectors.joining("---\n")));
            }
        }
    }

    private static String document(String name) {
        String head = "apiVersion: penstock.dev/v1alpha1\n";
        if (name.isEmpty()) {
            return "";
        }
        return switch (name) {
            case "broken" -> "spec: [\n";
            case "nameless" -> head + "kind: PipelinePolicy\n";
            case "defaults" -> head + "kind: PipelineDefaults\nmetadata: {name: defaults, namespace: ml}\n";
            default ->
                head + "kind: PipelinePolicy\nmetadata: {name: " + name.replace("bad ", "") + "}\n"
                        + (name.startsWith("bad ") ? "spec: {priority: x}\n" : "");
        };
    }
}

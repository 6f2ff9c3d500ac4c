package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.LogLines;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowedPoliciesTest {
    private final LogLines log = LogLines.of(FollowedPolicies.class);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @AfterEach
    void stopListening() {
        log.close();
    }

    /** The ways in which a policy file comes to hold something else. */
    enum Replacement {
        IN_PLACE {
            @Override
            void put(Path file, String text) throws IOException {
                Files.writeString(file, text);
            }
        },
        BY_RENAMING {
            @Override
            void put(Path file, String text) throws IOException {
                Path other = Files.writeString(file.resolveSibling("other.yaml"), text);
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        /** The kubelet: {@code policy.yaml → ..data/policy.yaml}, {@code ..data → ..1}, of which it turns the latter. */
        AS_A_CONFIG_MAP {
            @Override
            void put(Path file, String text) throws IOException {
                Path data = file.resolveSibling("..data");
                Path next = Files.createTempDirectory(file.getParent(), "..");
                Files.writeString(next.resolve(file.getFileName()), text);
                Path link = Files.createSymbolicLink(file.resolveSibling("..tmp"), next.getFileName());
                Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
                if (!Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
                }
            }
        };

        abstract void put(Path file, String text) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void putsInForceWhatReplacedTheFile(Replacement replacement) throws Exception {
        replacement.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);
        Reviewer first = followed.get();

        replacement.put(file(), policy("another"));
        poll(followed, 5);

        assertThat(followed.get()).isNotSameAs(first);
        assertThat(log.lines()).singleElement().asString().contains(file().toString(), "policy another is in force");
    }

    @Test
    void leavesAFileAloneThatIsTheSame() throws Exception {
        Replacement.IN_PLACE.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);
        Reviewer first = followed.get();

        poll(followed, 5);

        assertThat(followed.get()).isSameAs(first);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void waitsUntilAFileIsWrittenToItsEnd() throws Exception {
        Replacement.IN_PLACE.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);
        Reviewer first = followed.get();

        for (String more : List.of("", "apiVersion: ", policy("half"))) {
            Replacement.IN_PLACE.put(file(), more);
            poll(followed, 1);
            assertThat(followed.get()).isSameAs(first);
        }
        poll(followed, 1);

        assertThat(log.lines()).singleElement().asString().contains("policy half is in force");
    }

    @Test
    void keepsTheLastGoodPolicyAndNamesAllProblemsOnce() throws Exception {
        Replacement.IN_PLACE.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);
        Reviewer first = followed.get();

        Replacement.IN_PLACE.put(file(), policy("bad") + "  task: [x]\n  speck: {}\n");
        poll(followed, 5);

        assertThat(followed.get()).isSameAs(first);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(file().toString(), "policy one stays in force", "spec.task", "spec.speck")
                .hasLineCount(1);
    }

    @Test
    void keepsTheLastGoodPolicyWhileThereIsNoFile() throws Exception {
        Replacement.IN_PLACE.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);
        Reviewer first = followed.get();

        Files.delete(file());
        poll(followed, 5);

        assertThat(followed.get()).isSameAs(first);
        assertThat(log.lines()).singleElement().asString().contains("policy one stays in force");
    }

    @Test
    void saysWhenAFileIsGoodAgain() throws Exception {
        Replacement.AS_A_CONFIG_MAP.put(file(), policy("one"));
        FollowedPolicies followed = new FollowedPolicies(file(), NamespaceLabels.OF_THE_NAME);

        Replacement.AS_A_CONFIG_MAP.put(file(), "speck: {}");
        poll(followed, 5);
        Replacement.AS_A_CONFIG_MAP.put(file(), policy("one"));
        poll(followed, 5);

        assertThat(log.lines()).hasSize(2).last().asString().contains("policy one is in force");
    }

    @Test
    void followsAFolder() throws Exception {
        write("a.yaml", policy("a"));
        write("b.yaml", policy("b"));
        FollowedPolicies followed = followed();

        write("b.yaml", policy("c"));
        write("d.yaml", policy("d"));
        poll(followed, 5);
        Files.delete(folder.resolve("a.yaml"));
        poll(followed, 5);

        assertThat(log.lines())
                .extracting(line -> line.substring(line.indexOf(": ")))
                .containsExactly(": policy a, policy c, policy d are in force", ": policy c, policy d are in force");
    }

    @Test
    void keepsTheLastGoodVersionWhileTheOthersFollow() throws Exception {
        write("a.yaml", policy("a"));
        write("b.yaml", policy("b"));
        FollowedPolicies followed = followed();

        write("a.yaml", policy("a") + "  speck: {}\n");
        write("b.yaml", policy("c"));
        poll(followed, 5);
        write("b.yaml", policy("d"));
        poll(followed, 5);

        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(0))
                .contains("a.yaml: PipelinePolicy a cannot be used, so policy a stays in force: spec.speck: ");
        assertThat(log.lines().get(1)).endsWith("policy c, policy a are in force");
        assertThat(log.lines().get(2)).endsWith("policy d, policy a are in force");
    }

    @Test
    void saysThatNothingIsInForceOfWhatWasNeverGood() throws Exception {
        write("a.yaml", policy("a"));
        FollowedPolicies followed = followed();

        write("b.yaml", policy("b").replace("main", "Main"));
        poll(followed, 5);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("b.yaml: PipelinePolicy b cannot be used, so nothing of it is in force: spec.containerName");
    }

    @Test
    void saysInOneLineWhatIsWrongWhateverIsInIt() throws Exception {
        write("a.yaml", policy("a"));
        FollowedPolicies followed = followed();

        write("b.yaml", policy("'b\\nforged'").replace("'", "\"") + "  \"evil\\n\\e[2Jforged\": {}\n");
        poll(followed, 5);

        assertThat(log.lines()).singleElement().asString().matches("[ -~]+").contains("b\\u000aforged", "evil\\u000a");
    }

    @Test
    void tellsHowEachDocumentStands() throws Exception {
        write("a.yaml", policy("a"));
        write("b.yaml", policy("b"));
        FollowedPolicies followed = followed();
        assertThat(standings(followed)).containsExactlyInAnyOrder("a is ready", "b is ready");

        write("a.yaml", policy("a") + "  speck: {}\n");
        write("c.yaml", policy("c") + "  speck: {}\n");
        write("d.yaml", "nothing that could be told apart");
        poll(followed, 5);
        assertThat(standings(followed))
                .containsExactlyInAnyOrder("a is not, and one before it is", "b is ready", "c is not", "d.yaml is not");

        write("a.yaml", policy("a"));
        Files.delete(folder.resolve("c.yaml"));
        write("d.yaml", policy("built-in"));
        poll(followed, 5);
        assertThat(standings(followed)).containsExactlyInAnyOrder("a is ready", "b is ready", "d.yaml is not");

        Files.delete(folder.resolve("d.yaml"));
        poll(followed, 5);
        assertThat(standings(followed)).containsExactlyInAnyOrder("a is ready", "b is ready");
    }

    @Test
    void whatStaysInForceIsNotReadyWhereItsFileIsNoYamlAnyMore() throws Exception {
        write("a.yaml", policy("a"));
        write("b.yaml", policy("b"));
        FollowedPolicies followed = followed();

        write("a.yaml", "a: [\n");
        poll(followed, 5);
        assertThat(standings(followed)).containsExactlyInAnyOrder("a is not, and one before it is", "b is ready");

        write("b.yaml", policy("c") + "  speck: {}\n");
        poll(followed, 5);
        assertThat(standings(followed))
                .containsExactlyInAnyOrder(
                        "a is not, and one before it is", "b is not, and one before it is", "c is not");
    }

    private static List<String> standings(FollowedPolicies followed) {
        return followed.standings().stream()
                .map(one -> one.id().name()
                        + (one.ready()
                                ? " is ready"
                                : " is not" + (one.inForce().isPresent() ? ", and one before it is" : "")))
                .toList();
    }

    @Test
    void keepsAllWhileTheFolderIsGone() throws Exception {
        write("a.yaml", policy("a"));
        write("b.yaml", policy("b"));
        FollowedPolicies followed = followed();
        Reviewer first = followed.get();

        Path elsewhere = folder.resolveSibling(folder.getFileName() + "-elsewhere");
        Files.move(folder, elsewhere);
        poll(followed, 5);
        assertThat(followed.get()).isSameAs(first);
        assertThat(log.lines()).singleElement().asString().contains("policy a, policy b stay in force");
        Files.move(elsewhere, folder);
        poll(followed, 5);

        assertThat(log.lines()).last().asString().endsWith("policy a, policy b are in force");
    }

    /** Half of each version is in one file, half in the other. */
    @Test
    void reviewsByOneWholeVersionOrTheOther() throws Exception {
        writeVersion(0);
        FollowedPolicies followed = followed();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Set<String>>> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                seen.add(threads.submit(() -> reviewUntil(done, followed)));
            }
            for (int version = 1; version < 50; version++) {
                writeVersion(version);
                poll(followed, 2);
            }
            assertThat(review(followed)).isEqualTo("59 59 59");
            done.set(true);
            for (Future<Set<String>> verdicts : seen) {
                assertThat(verdicts.get()).isNotEmpty().allMatch(verdict -> verdict.matches("(\\d+) \\1 \\1"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeVersion(int version) throws IOException {
        write("a.yaml", policy("a") + "  defaults: {spec: {startingDeadlineSeconds: " + (version + 10) + "}}\n");
        write(
                "b.yaml",
                policy("b") + "  defaults: {spec: {failedJobsHistoryLimit: " + (version + 10) + "}}\n---\n"
                        + policy("c") + "  defaults: {spec: {jobTemplate: {spec: {backoffLimit: " + (version + 10)
                        + "}}}}\n");
    }

    private static Set<String> reviewUntil(AtomicBoolean done, FollowedPolicies followed) {
        Set<String> seen = new HashSet<>();
        while (!done.get()) {
            seen.add(review(followed));
        }
        return seen;
    }

    private static String review(FollowedPolicies followed) {
        ObjectNode object = Yaml.pipelineOfPod("{containers: [{name: a, image: 'a:1'}]}");
        followed.get().mutate(new Review(object, null, "ml", new Review.File(), Instant.EPOCH));
        return object.at("/spec/startingDeadlineSeconds") + " " + object.at("/spec/failedJobsHistoryLimit") + " "
                + object.at("/spec/jobTemplate/spec/backoffLimit");
    }

    private FollowedPolicies followed() throws InvalidPolicyException {
        return new FollowedPolicies(folder, NamespaceLabels.OF_THE_NAME);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Path file() {
        return folder.resolve("policy.yaml");
    }

    private static String policy(String name) {
        return "apiVersion: penstock.dev/v1alpha1\nkind: PipelinePolicy\nmetadata: {name: " + name
                + "}\nspec:\n  containerName: main\n";
    }

    private static void poll(FollowedPolicies followed, int times) {
        for (int i = 0; i < times; i++) {
            followed.poll();
        }
    }
}

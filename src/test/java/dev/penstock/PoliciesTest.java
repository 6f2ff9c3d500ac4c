package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire, with a folder of policies that is followed: every case that has policies of its own. */
@QuarkusTest
@WithTestResource(
        value = ServedOverTls.class,
        initArgs = @ResourceArg(name = ServedOverTls.POLICIES, value = PoliciesTest.FOLDER))
class PoliciesTest {
    static final String FOLDER = "webhook-test-policies";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TestHTTPResource(value = "/", tls = true)
    URL url;

    static List<Case> cases() {
        return Case.all().stream()
                .filter(story -> story.policyFile().isPresent())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answersACaseAsTheReviewerDoes(Case story) throws IOException {
        put(story.policyFile().orElseThrow());
        assertAnsweredAsExpected(story);
    }

    @Test
    void goesBackToTheBuiltInPolicyWhereNoFileIsLeft() throws IOException {
        put(Case.named("tag-forbidden").policyFile().orElseThrow());
        assertAnsweredAsExpected(Case.named("tag-forbidden"));
        Files.delete(Path.of("target", FOLDER, "policies.yaml"));
        assertAnsweredAsExpected(Case.named("minimal"));
        assertAnsweredAsExpected(Case.named("original-program"));
    }

    private static void put(Path policies) throws IOException {
        Path copy =
                Files.copy(policies, Path.of("target", FOLDER, "policies.tmp"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, Path.of("target", FOLDER, "policies.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void assertAnsweredAsExpected(Case story) {
        WebhookClient client = new WebhookClient(url);
        CaseAnswer expected = CaseAnswer.expected(story);
        Await.until(
                "the policies of " + story,
                LIMIT,
                () -> client.answer(story).equals(expected),
                () -> client.answer(story) + "\ninstead of\n" + expected);
        assertThat(client.answer(story)).isEqualTo(expected);
    }
}

package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.cron.CronSchedule;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Repeated;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import dev.penstock.rules.PipelineLabel;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the body of a request, it is refused, denied, or a review that is right: never one that failed. */
class RequestFuzzTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Clock CLOCK = Clock.fixed(Case.NOW, ZoneOffset.UTC);
    private static final Reviewer REVIEWER = reviewer();

    private static final Endpoint ENDPOINT = new Endpoint(
            "mutate", Set.of("batch/v1 cronjobs"), "CronJob", new ReviewMeters(new TestRegistry().meters()));

    // Of a field that /validate reads alone.
    private static final String LATER_WRONG_TYPE = """
            {"metadata":{"name":"a","labels":{"penstock.dev/pipeline":"default"},"annotations":{"penstock.dev/image":"a:1"}},\
            "spec":{"startingDeadlineSeconds":"soon"}}""";

    private static Reviewer reviewer() {
        try {
            return Reviewer.of();
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<byte[]> reviews() {
        return Stream.concat(Case.all().stream().map(story -> Case.read(story.input())), Stream.of(LATER_WRONG_TYPE))
                .map(object -> """
                        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u",\
                        "operation":"CREATE","namespace":"ml","options":{"fieldManager":"kubectl"},\
                        "resource":{"group":"batch","version":"v1","resource":"cronjobs"},"object":%s}}""".formatted(object))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("reviews")
    @FuzzTest(maxDuration = "1m")
    void isRefusedDeniedOrReviewedRight(byte[] body) throws IOException {
        AdmissionRequest request;
        try {
            request = AdmissionRequest.read(body);
        } catch (BrokenRequestException e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.getMessage()).hasLineCount(1).doesNotContain("Exception", "fasterxml");
            return;
        }
        if (!isUtf8(body)) {
            // Jackson takes a name with a byte FF in front for the one without, where it has met that: no API server
            // sends either.
            return;
        }
        JsonNode asked = JSON.readTree(body).path("request");
        ObjectNode sent = request.object().deepCopy();
        AdmissionResponse response = respond(request, REVIEWER::mutate);
        assertThat(response.uid()).isEqualTo(asked.path("uid").asText());
        if (!response.isAllowed()) {
            return;
        }
        assertThat(asked.path("resource").path("resource").asText()).isEqualTo("cronjobs");
        assertThat(sent).isEqualTo(asked.path("object"));
        ObjectNode object = patched(sent, response);
        assertThat((JsonNode) object).isEqualTo(request.object());
        if (request.old() == null) {
            assertThat(Repeated.mutated(REVIEWER, sent)).isPresent();
            assertRunnable(request, object);
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static AdmissionResponse respond(AdmissionRequest request, Function<Review, Verdict> review) {
        AdmissionResponse response =
                ENDPOINT.respond(request, () -> Answer.of(request, review.apply(Webhook.review(request, CLOCK))));
        assertThat(response.write()).isNotEmpty();
        if (response.status() != null) {
            assertThat(response.status().getCode()).isIn(400, 422);
        }
        return response;
    }

    private static AdmissionRequest with(ObjectNode object, AdmissionRequest request) {
        return new AdmissionRequest(
                request.uid(),
                request.operation(),
                request.resource(),
                request.namespace(),
                request.user(),
                request.fieldManager(),
                request.dryRun(),
                object,
                null);
    }

    private static ObjectNode patched(ObjectNode sent, AdmissionResponse response) throws IOException {
        return response.patch().isEmpty() ? sent : (ObjectNode) JsonPatch.apply(response.patch(), sent);
    }

    /** What is approved at last has all that Kubernetes asks of what Penstock looks at. */
    private static void assertRunnable(AdmissionRequest request, ObjectNode object) {
        if (!object.path("metadata").path("labels").has(PipelineLabel.KEY)
                || !respond(with(object, request), REVIEWER::validate).isAllowed()) {
            return;
        }
        JsonNode spec = object.path("spec");
        assertThat(CronSchedule.parse(spec.path("schedule").textValue())).isInstanceOf(CronSchedule.Accepted.class);
        JsonNode pod = spec.at("/jobTemplate/spec/template/spec");
        assertThat(pod.path("restartPolicy").textValue()).isIn("OnFailure", "Never");
        assertThat(pod.path("containers"))
                .isNotEmpty()
                .allSatisfy(container ->
                        assertThat(container.path("name").textValue()).isNotEmpty());
    }
}

package dev.penstock.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FieldPath SPEC = FieldPath.ROOT.member("spec");
    private static final Finding SCHEDULE = finding(Action.DENY, "schedule", "no");
    private static final Finding ZONE = finding(Action.DENY, "timeZone", "neither");

    @Test
    void allowsWithoutAPatchWhereNothingIsToBeSaid() throws IOException {
        JsonNode response = written(Answer.of(request("{metadata: {name: churn}}"), verdict()));
        assertThat(response)
                .isEqualTo(JSON.readTree(
                        "{\"uid\":\"u-1\",\"allowed\":true,\"auditAnnotations\":{\"verdict\":\"allowed\"}}"));
    }

    @Test
    void saysOfAPolicyWhatItsVerdictIs() {
        assertThat(Answer.allowed(request("{}"), List.of()).auditAnnotations()).containsEntry("verdict", "allowed");
        assertThat(Answer.allowed(request("{}"), List.of("is over")).auditAnnotations())
                .containsEntry("verdict", "warned");
    }

    @Test
    void tellsOfTheFirstHundredAndHowManyMoreThereAre() {
        Finding[] findings = IntStream.range(0, 102)
                .mapToObj(i -> finding(Action.DENY, "a" + i, "no"))
                .toArray(Finding[]::new);
        Status status =
                requireNonNull(Answer.of(request("{}"), verdict(findings)).status());
        assertThat(status.getDetails().getCauses())
                .hasSize(100)
                .last()
                .extracting(StatusCause::getField, StatusCause::getMessage)
                .containsExactly("spec.a99", "Invalid value: \"x\": no (rule schedule); and 2 more");
        assertThat(status.getMessage()).endsWith("; and 2 more]");
    }

    @Test
    void sendsThePatchWithItsType() throws IOException {
        ArrayNode patch = (ArrayNode) Yaml.tree("[{op: add, path: /spec/größe, value: ü}]");
        Verdict verdict = new Verdict(List.of(), List.of(), List.of(), patch, "", List.of(), Optional.empty());
        JsonNode response = written(Answer.of(request("{}"), verdict));
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        byte[] sent = Base64.getDecoder().decode(response.path("patch").asText());
        assertThat(JSON.readTree(sent)).isEqualTo(patch);
    }

    @Test
    void warnsAndAuditsWhatIsAllowed() {
        AdmissionResponse response = Answer.of(
                request("{}"),
                verdict(
                        List.of("science", "built-in"),
                        finding(Action.WARN, "suspend", "maybe"),
                        finding(Action.AUDIT, "a", "one"),
                        finding(Action.AUDIT, "b", "two")));
        assertThat(response.isAllowed()).isTrue();
        assertThat(response.warnings()).hasSize(1).first().asString().startsWith("spec.suspend: ");
        assertThat(response.auditAnnotations())
                .containsOnlyKeys("findings", "policies", "verdict")
                .containsEntry("verdict", "warned")
                .containsEntry("policies", "science, built-in");
        assertThat(response.auditAnnotations().get("findings"))
                .startsWith("spec.a: ")
                .contains(" [policy test]; spec.b: ")
                .endsWith("two (rule schedule) [policy test]");
        assertThat(response.status()).isNull();
    }

    @Test
    void deniesAsKubernetesRefusesWhatIsInvalid() {
        AdmissionResponse response = Answer.of(request("{metadata: {name: churn}}"), verdict(SCHEDULE, ZONE));
        assertThat(response.uid()).isEqualTo("u-1");
        assertThat(response.isAllowed()).isFalse();
        assertThat(response.patch()).isEmpty();
        Status status = status(response);
        assertThat(status.getStatus()).isEqualTo("Failure");
        assertThat(status.getCode()).isEqualTo(422);
        assertThat(status.getReason()).isEqualTo("Invalid");
        assertThat(status.getDetails().getGroup()).isEqualTo("batch");
        assertThat(status.getDetails().getKind()).isEqualTo("CronJob");
        assertThat(status.getDetails().getName()).isEqualTo("churn");
        assertThat(status.getDetails().getCauses())
                .containsExactly(
                        new StatusCause("spec.schedule", SCHEDULE.message(), "FieldValueInvalid"),
                        new StatusCause("spec.timeZone", ZONE.message(), "FieldValueInvalid"));
    }

    @Test
    void namesNoCauseThatDoesNotDeny() {
        AdmissionResponse response = Answer.of(
                request("{}"),
                verdict(finding(Action.WARN, "suspend", "maybe"), SCHEDULE, finding(Action.AUDIT, "a", "x")));
        assertThat(status(response).getDetails().getCauses())
                .extracting(StatusCause::getField)
                .containsExactly("spec.schedule");
        assertThat(response.warnings()).hasSize(1);
        assertThat(response.auditAnnotations())
                .containsOnlyKeys("findings", "verdict")
                .containsEntry("verdict", "denied");
    }

    @Test
    void saysOneFindingPlainlyAndSeveralInBrackets() {
        AdmissionRequest request = request("{metadata: {name: churn}}");
        String schedule = "spec.schedule: " + SCHEDULE.message();
        String zone = "spec.timeZone: " + ZONE.message();
        assertThat(message(request, SCHEDULE)).isEqualTo("CronJob.batch \"churn\" is invalid: " + schedule);
        assertThat(message(request, SCHEDULE, ZONE))
                .isEqualTo("CronJob.batch \"churn\" is invalid: [" + schedule + ", " + zone + "]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a name                   | {metadata: {name: churn}}                       | churn
        a name to be generated   | {metadata: {generateName: churn-}}              | churn-
        a name that was          | {metadata: {generateName: churn-, name: churn-7}} | churn-7
        an empty name            | {metadata: {generateName: churn-, name: ''}}    | churn-
        no name                  | {metadata: {}}                                  | ``
        no metadata              | {}                                              | ``
        a name of another type   | {metadata: {name: [x]}}                         | ``
        """)
    void namesTheObject(String story, String object, String name) {
        AdmissionResponse response = Answer.of(request(object), verdict(SCHEDULE));
        assertThat(status(response).getDetails().getName()).isEqualTo(name);
        assertThat(status(response).getMessage()).startsWith("CronJob.batch \"" + name + "\" is invalid: ");
    }

    @Test
    void deniesForAnotherReason() {
        AdmissionResponse response = Answer.denied(request("{}"), 400, "BadRequest", "because");
        assertThat(response.uid()).isEqualTo("u-1");
        assertThat(response.isAllowed()).isFalse();
        assertThat(status(response).getCode()).isEqualTo(400);
        assertThat(status(response).getReason()).isEqualTo("BadRequest");
        assertThat(status(response).getMessage()).isEqualTo("because");
    }

    @Test
    void isAnAdmissionReview() throws IOException {
        JsonNode review = JSON.readTree(Answer.of(request("{}"), verdict()).write());
        assertThat(review.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        assertThat(review.path("kind").asText()).isEqualTo("AdmissionReview");
        assertThat(review.has("request")).isFalse();
    }

    @Test
    void canBeWrittenWhateverTheAuthorWrote() throws IOException {
        // JSON may hold half of a character, escaped; UTF-8 has no way to write it.
        String half = "\ud83d";
        Finding finding = new Finding(
                "name", "test", Action.DENY, Finding.Kind.INVALID, SPEC.member(half), half, half, half, false, "");
        AdmissionRequest request =
                new AdmissionRequest("u", "CREATE", "x", "ml", "alice", "", false, Yaml.object("{}"), null);
        request.object().withObject("/metadata").put("name", half);
        Verdict verdict = new Verdict(
                List.of(finding),
                List.of(new Notice(SPEC, half)),
                List.of(),
                JsonNodeFactory.instance.arrayNode(),
                half,
                List.of(),
                Optional.empty());
        JsonNode response = written(Answer.of(request, verdict));
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("code").asInt()).isEqualTo(422);
    }

    private static String message(AdmissionRequest request, Finding... findings) {
        return status(Answer.of(request, verdict(findings))).getMessage();
    }

    private static Status status(AdmissionResponse refusal) {
        return requireNonNull(refusal.status());
    }

    private static JsonNode written(AdmissionResponse response) throws IOException {
        byte[] bytes = response.write();
        assertThat(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                .isEqualTo(bytes);
        return JSON.readTree(bytes).path("response");
    }

    private static Verdict verdict(Finding... findings) {
        return verdict(List.of(), findings);
    }

    private static Verdict verdict(List<String> policies, Finding... findings) {
        return new Verdict(
                List.of(findings),
                List.of(),
                List.of(),
                JsonNodeFactory.instance.arrayNode(),
                "",
                policies,
                Optional.empty());
    }

    private static Finding finding(Action action, String field, String detail) {
        return new Finding(
                "schedule",
                "test",
                action,
                Finding.Kind.INVALID,
                SPEC.member(field),
                "\"x\"",
                "\"x\"",
                detail,
                false,
                "");
    }

    private static AdmissionRequest request(String object) {
        return new AdmissionRequest(
                "u-1", "CREATE", "batch/v1 cronjobs", "ml", "alice", "kubectl", false, Yaml.object(object), null);
    }
}

package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.RawApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code penstock.dev/defaulted}, and objects whose record is not to be believed or has no place. */
@EachControlPlane
class IntentRecordIT extends Scenarios {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "penstock.dev/defaulted";
    private static final int CAP = 64 * 1024;

    @Test
    void saysWhereEachValueCameFrom() throws Exception {
        bench.apply(
                Apply.CLIENT_SIDE, Manifest.MINIMAL.spec("schedule: H 2 * * *").annotate("penstock.dev/task", "score"));

        Stored churn = bench.churn();
        assertThat(churn.source("spec.schedule")).contains("completed from H 2 * * *");
        assertThat(churn.source("spec.concurrencyPolicy")).contains("policy one");
        assertThat(churn.source("containers[ml-pipeline-container]")).contains("made");
        assertThat(List.copyOf(churn.defaulted().keySet())).isSorted();
        assertThat(churn.record()).isEqualTo(JSON.readTree(churn.record()).toString());
        assertThat(bench.reviews().stream()
                        .filter(review -> review.path().equals("/mutate"))
                        .map(review ->
                                review.response().path("auditAnnotations").toString()))
                .anyMatch(audited -> audited.contains("spec.concurrencyPolicy"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aForgedRecordGainsNothing(Apply how) {
        bench.apply(
                how,
                Manifest.MINIMAL
                        .spec("concurrencyPolicy: Allow, schedule: 5 5 * * 1")
                        .annotate(
                                RECORD,
                                "{\"spec.concurrencyPolicy\":\"policy one\",\"spec.schedule\":\"policy one\"}"));

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.churn().schedule()).isEqualTo("5 5 * * 1");
        assertThat(bench.churn().defaulted()).doesNotContainKeys("spec.concurrencyPolicy", "spec.schedule");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anExportedObjectIsAllItsAuthors(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        ObjectNode exported = bench.churn().object().deepCopy();
        exported.remove("status");
        ObjectNode metadata = (ObjectNode) exported.path("metadata");
        metadata.put("name", "copy")
                .remove(List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields"));
        JsonNode spec = exported.path("spec");

        bench.kubectl().mustRun(how.kubectl("apply"), exported.toString());
        assertThat(bench.stored("copy").spec()).isEqualTo(spec);
        assertThat(bench.stored("copy").defaulted()).isEmpty();

        bench.policy(Policies.TWO);
        ((ObjectNode) metadata.path("labels")).put("team", "ml");
        bench.kubectl().mustRun(how.kubectl("apply"), exported.toString());
        assertThat(bench.stored("copy").spec()).isEqualTo(spec);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aManifestOfManyEntriesIsAccepted(Apply how) {
        Manifest large = Manifest.OWN_CONTAINER.pod("containers: [" + containers(entries(100)) + "]");

        bench.apply(how, large);
        bench.apply(how, large);

        assertThat(bench.churn().containers()).hasSize(20);
        assertThat(bench.churn().container("c19").path("env")).hasSize(101);
        assertThat(bench.churn().record().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(CAP);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aPolicyOfManyEntriesIsLaidUnderAndItsRecordCut(Apply how) {
        bench.policy(Policies.ONE.replace("env: [", "env: [" + entries(99) + ", "));
        Manifest large = Manifest.OWN_CONTAINER.pod("containers: [" + containers("") + "]");

        List<String> warnings = bench.apply(how, large);

        assertThat(bench.churn().container("c19").path("env")).hasSize(100);
        assertThat(bench.churn().source("spec.schedule")).isPresent();
        assertThat(bench.churn().record().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(CAP);
        assertThat(warnings).anyMatch(warning -> warning.contains(RECORD));
        bench.apply(how, large.label("team", "ml"));
        assertThat(bench.churn().container("c19").path("env")).hasSize(100);
    }

    private static String containers(String env) {
        return IntStream.range(0, 20)
                .mapToObj(i -> "{name: c" + i + ", image: 'registry.example.com/churn:1.4.2', command: [python], env: ["
                        + env + "]}")
                .collect(Collectors.joining(", "));
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{name: FEATURE_FLAG_" + i + ", value: 'on'}")
                .collect(Collectors.joining(", "));
    }

    @Test
    void aGeneratedNameKeepsItsHashedSchedule() {
        String generated =
                Manifest.MINIMAL.spec("schedule: H 3 * * *").toString().replace("name: churn", "generateName: churn-");
        RawApi.Answer created = bench.api().post(Workbench.CRON_JOBS, generated);
        Workbench.succeeded(created);
        Stored first = new Stored(created.body());
        String name = first.object().at("/metadata/name").asText();
        assertThat(first.schedule()).matches("[0-9]{1,2} 3 \\* \\* \\*");

        bench.kubectl("label", "cronjob", name, "owner=ml");
        assertThat(bench.stored(name).spec()).isEqualTo(first.spec());
        ObjectNode raw = bench.stored(name).object().deepCopy();
        ((ObjectNode) raw.path("spec")).put("schedule", "H 3 * * *");
        Workbench.succeeded(bench.api().put(Workbench.CRON_JOBS + "/" + name, raw.toString()));
        assertThat(bench.stored(name).spec()).isEqualTo(first.spec());
    }

    @Test
    void aNamespaceThatIsLeftOutIsTheOneOfTheRequest() {
        Manifest hashed = Manifest.MINIMAL.spec("schedule: H 3 * * *");
        Workbench.succeeded(bench.api().post(Workbench.CRON_JOBS, hashed.toString()));
        Stored without = bench.churn();
        bench.api().delete(Workbench.CHURN);

        Workbench.succeeded(bench.api()
                .post(
                        Workbench.CRON_JOBS,
                        hashed.toString().replace("name: churn", "name: churn, namespace: default")));

        assertThat(bench.churn().spec()).isEqualTo(without.spec());
    }
}

package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the model does what API servers were seen to do: the facts that the rules of intent rest on. */
class ClusterTest {
    private static final List<String> FORBID = List.of("f:spec", "f:concurrencyPolicy");

    private int requests;
    private final Cluster cluster = new Cluster(this::admit);

    /** A webhook that fills in the time zone. */
    private Optional<ObjectNode> admit(ObjectNode sent, @Nullable ObjectNode old, String manager) {
        requests++;
        ObjectNode result = sent.deepCopy();
        result.withObject("/spec").put("timeZone", "Etc/UTC");
        return Optional.of(result);
    }

    @Test
    void whatAWebhookFillsInBelongsToNobody() {
        cluster.put("curl", pipeline("{schedule: 0 1 * * *}"));
        assertThat(cluster.ownership().all()).doesNotContain(List.of("f:spec", "f:timeZone"));
        assertThat(cluster.ownership().all()).contains(List.of("f:spec", "f:schedule"), FORBID);
    }

    @Test
    void anAppliedEntryListsNoServerDefaults() {
        cluster.apply("helm", pipeline("{schedule: 0 1 * * *}"));
        assertThat(cluster.ownership().isApplied(List.of("f:spec", "f:schedule")))
                .isTrue();
        assertThat(cluster.ownership().all()).doesNotContain(FORBID);
    }

    @Test
    void whatIsGivenUpGoesUnlessSomebodyElseHasIt() {
        cluster.apply("helm", pipeline("{concurrencyPolicy: Forbid}"));
        cluster.apply("team", pipeline("{concurrencyPolicy: Forbid}"));
        cluster.apply("helm", pipeline("{schedule: 0 1 * * *}"));
        assertThat(concurrency()).isEqualTo("Forbid");
        cluster.apply("team", pipeline("{schedule: 0 1 * * *}"));
        assertThat(concurrency()).isEqualTo("Allow");
    }

    @Test
    void aPatchedFieldIsThePatchers() {
        cluster.apply("helm", pipeline("{concurrencyPolicy: Forbid}"));
        cluster.patch("kubectl-edit", Yaml.object("{spec: {concurrencyPolicy: Replace}}"));
        assertThat(cluster.ownership().isApplied(FORBID)).isFalse();
        cluster.apply("helm", pipeline("{schedule: 0 1 * * *}"));
        assertThat(concurrency()).isEqualTo("Replace");
    }

    @Test
    void anUnchangedManifestBringsNoRequestByClientSideApply() {
        cluster.applyByClient(pipeline("{schedule: 0 1 * * *}"));
        cluster.applyByClient(pipeline("{schedule: 0 1 * * *}"));
        assertThat(requests).isEqualTo(1);
        cluster.applyByClient(pipeline("{schedule: 0 1 * * *, timeZone: Europe/Berlin}"));
        cluster.applyByClient(pipeline("{schedule: 0 1 * * *, timeZone: Europe/Berlin}"));
        assertThat(requests).as("what a webhook replaces is sent again").isEqualTo(3);
    }

    @Test
    void clientSideApplyTakesAwayWhatTheManifestHadAndLeavesWhatItNeverHad() {
        cluster.applyByClient(pipeline("{concurrencyPolicy: Forbid}"));
        cluster.patch("kubectl-edit", Yaml.object("{spec: {suspend: true}}"));
        cluster.applyByClient(pipeline("{}"));
        assertThat(concurrency()).isEqualTo("Allow");
        assertThat(stored().at("/spec/suspend").asBoolean()).isTrue();
    }

    @Test
    void onTheWayToServerSideApplyTheEntryListsServerDefaults() {
        cluster.applyByClient(pipeline("{schedule: 0 1 * * *}"));
        requests = 0;
        cluster.applyByKubectl(pipeline("{schedule: 0 1 * * *}"));
        assertThat(requests).isEqualTo(3);
        assertThat(cluster.ownership().isApplied(FORBID)).isFalse();
        assertThat(cluster.lastApplied().path("spec").path("schedule").asText()).isEqualTo("0 1 * * *");
    }

    @Test
    void zeroesThatTheTypesLeaveOutNeverArrive() {
        ObjectNode decoded = Wire.decoded(
                Yaml.pipelineOfPod("{containers: [{name: a, stdin: false, args: [], env: [{name: A, value: ''}],"
                        + " resources: {limits: {memory: 1024Mi}}}]}"));
        assertThat(Yaml.podSpec(decoded).path("containers").path(0))
                .isEqualTo(Yaml.tree("{name: a, env: [{name: A}], resources: {limits: {memory: 1Gi}}}"));
    }

    private String concurrency() {
        return stored().at("/spec/concurrencyPolicy").asText();
    }

    private JsonNode stored() {
        return cluster.stored().orElseThrow();
    }

    private static ObjectNode pipeline(String spec) {
        ObjectNode pipeline = Yaml.pipeline(spec);
        ObjectNode container = Yaml.object("{name: main, image: 'a:1'}");
        pipeline.withObject("/spec/jobTemplate/spec/template/spec")
                .putArray("containers")
                .add(container);
        return pipeline;
    }
}

package dev.penstock.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What belongs to whom: authors, several of them, and Penstock. */
@EachControlPlane
class IntentManagersIT extends Scenarios {
    private static final String PART = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: churn}%s}";

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsTheServersDefaultThatIsApplied(Apply how) {
        Manifest explicit = Manifest.MINIMAL.spec("concurrencyPolicy: Allow");

        assertThat(bench.apply(how, explicit)).isEmpty();
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.apply(how, explicit.label("team", "ml"))).isEmpty();

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(bench.churn().source("spec.concurrencyPolicy")).isEmpty();
        bench.assertNoDifference(how, explicit.label("team", "ml"));
    }

    /** The empty schedule is what typed clients send; a Job may not have the restart policy. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatNoAuthorCanMeanIsLeftOutThoughItIsApplied(Apply how) {
        Manifest senseless = Manifest.MINIMAL.spec("schedule: ''").pod("restartPolicy: Always");

        bench.apply(how, senseless);
        Stored first = bench.churn();
        assertThat(first.schedule()).isEqualTo("0 1 * * *");
        assertThat(first.pod().path("restartPolicy").asText()).isEqualTo("OnFailure");
        assertThat(first.source("spec.schedule")).isEmpty();
        assertThat(bench.apply(how, senseless)).isEmpty();
        assertThat(bench.churn().spec()).isEqualTo(first.spec());
        assertThat(bench.churn().record()).isEqualTo(first.record());

        bench.policy(Policies.TWO);
        bench.kubectl("label", "cronjob", "churn", "owner=ml");
        assertThat(bench.churn().schedule()).isEqualTo("0 1 * * *");
        bench.apply(how, senseless.label("team", "ml"));
        assertThat(bench.churn().schedule()).isEqualTo("0 2 * * *");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"CLIENT_SIDE, Forbid", "SERVER_SIDE, Allow", "HTTP, Allow"})
    void nullIsLeftOutClientSideAndWrittenServerSide(Apply how, String concurrencyPolicy) {
        Manifest explicit = Manifest.MINIMAL.spec("concurrencyPolicy: null");

        bench.apply(how, explicit);
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo(concurrencyPolicy);
        bench.apply(how, explicit.label("team", "ml"));
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo(concurrencyPolicy);
    }

    /** The API server spells it {@code 1Gi} before Penstock sees it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsAQuantityInAnotherSpelling(Apply how) {
        Manifest explicit = Manifest.OWN_CONTAINER.pod(
                "containers: [{name: main, image: 'registry.example.com/churn:1.4.2', resources: {requests: {memory: 1024Mi}}}]");
        bench.apply(how, explicit);

        bench.policy(Policies.TWO.replace("memory: 1Gi", "memory: 2Gi"));
        bench.apply(how, explicit.label("team", "ml"));

        assertThat(bench.churn()
                        .container("main")
                        .at("/resources/requests/memory")
                        .asText())
                .isEqualTo("1Gi");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsOurVeryValueThatIsApplied(Apply how) {
        Manifest explicit = Manifest.MINIMAL.spec("schedule: 0 1 * * *, concurrencyPolicy: Forbid");
        bench.apply(how, explicit);

        bench.policy(Policies.TWO);
        bench.apply(how, explicit.label("team", "ml"));

        assertThatBothAreKept();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsOurVeryValueThatIsTakenOverLater(Apply how) {
        bench.apply(how, Manifest.MINIMAL);
        assertThat(bench.churn().source("spec.schedule")).isPresent();
        Manifest explicit = Manifest.MINIMAL.spec("schedule: 0 1 * * *, concurrencyPolicy: Forbid");
        bench.apply(how, explicit);
        assertThat(bench.churn().source("spec.schedule")).isEmpty();

        bench.policy(Policies.TWO);
        bench.apply(how, explicit.label("team", "ml"));

        assertThatBothAreKept();
    }

    /** Of which {@code managedFields} lists no member. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void keepsWhatIsTakenOverAndIsAppliedAsAWhole(Apply how) {
        List<String> whole = List.of(
                "imagePullSecrets: [{name: hub}]",
                "nodeSelector: {pool: cpu}",
                "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                        + " [{matchExpressions: [{key: pool, operator: In, values: [cpu]}]}]}}}");
        String scratch = "volumes: [{name: scratch";
        String cpu =
                Policies.ONE.replace(scratch, String.join("\n              ", whole) + "\n              " + scratch);
        bench.policy(cpu);
        bench.apply(how, Manifest.MINIMAL);
        JsonNode filledIn = bench.churn().pod();
        assertThat(bench.churn().source("nodeSelector[pool]")).isPresent();
        Manifest explicit = Manifest.MINIMAL.pod(String.join(", ", whole));
        bench.apply(how, explicit);
        assertThat(bench.churn().pod()).isEqualTo(filledIn);
        assertThat(bench.churn().source("nodeSelector[pool]")).isEmpty();

        bench.policy(cpu.replace("cpu", "gpu").replace("hub", "mirror"));
        bench.apply(how, explicit.label("team", "ml"));
        assertThat(bench.churn().pod().path("nodeSelector")).isEqualTo(filledIn.path("nodeSelector"));
        assertThat(bench.churn().pod().path("affinity")).isEqualTo(filledIn.path("affinity"));
        bench.policy(Policies.ONE);
        bench.apply(how, explicit.label("team", "data"));
        assertThat(bench.churn().pod()).isEqualTo(filledIn);
    }

    private void assertThatBothAreKept() {
        Stored churn = bench.churn();
        assertThat(churn.schedule()).isEqualTo("0 1 * * *");
        assertThat(churn.concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(churn.source("spec.schedule")).isEmpty();
        assertThat(churn.source("spec.concurrencyPolicy")).isEmpty();
        assertThat(churn.backoffLimit().asInt()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"one of its two fields, ', spec: {suspend: false}'", "all but an empty spec, ', spec: {}'", "all, ''"})
    void theDefaultReturnsWhenOneOfTwoManagersGivesUp(String story, String rest) {
        bench.applyAs("ci", Manifest.MINIMAL.toString());
        bench.applyAs("oncall", PART.formatted(", spec: {concurrencyPolicy: Allow, suspend: false}"));
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Allow");

        bench.applyAs("oncall", PART.formatted(rest));

        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
        assertThat(bench.churn().source("spec.concurrencyPolicy")).isPresent();
        bench.applyAs("ci", Manifest.MINIMAL.toString());
        assertThat(bench.churn().concurrencyPolicy()).isEqualTo("Forbid");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"CLIENT_SIDE", "HTTP"})
    void anotherManagerOfWhatIsCompletedMeetsOneConflict(Apply first) {
        Manifest hashed = Manifest.MINIMAL.spec("schedule: H 2 * * *");
        bench.apply(first, hashed);
        Stored before = bench.churn();

        assertThatOneConflictIsForced(hashed);

        assertThat(bench.churn().spec()).isEqualTo(before.spec());
        assertThat(bench.churn().record()).isEqualTo(before.record());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"CLIENT_SIDE", "HTTP"})
    void anotherManagerOfAnUntaggedImageMeetsOneConflict(Apply first) {
        Manifest untagged = Manifest.OWN_CONTAINER.pod("containers: [{name: main, image: registry.example.com/churn}]");
        bench.apply(first, untagged);
        Stored before = bench.churn();

        assertThatOneConflictIsForced(untagged);

        assertThat(bench.churn().spec()).isEqualTo(before.spec());
        assertThat(bench.churn().record()).isEqualTo(before.record());
    }

    private void assertThatOneConflictIsForced(Manifest manifest) {
        List<String> apply = Apply.SERVER_SIDE.kubectl("apply");
        Kubectl.Result refused = bench.kubectl().run(apply, manifest.toString());
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.stderr()).contains("conflict with");

        bench.kubectl(Apply.SERVER_SIDE.kubectl("apply", "--force-conflicts"), manifest);
        Stored forced = bench.churn();
        bench.kubectl(apply, manifest);
        assertThat(bench.churn()).isEqualTo(forced);
    }
}

package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.InvalidPolicyException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one topic's defaults make of a CronJob.
 *
 * @param object the CronJob afterwards
 * @param changes {@code path (reason)} of each, the path without that of the pod's spec
 * @param notices the paths of what the author is told, in the same way
 */
record Filling(JsonNode object, String changes, String notices) {

    /** Fills in the CronJob, and again, which must change nothing. */
    static Filling by(Defaults defaults, String policySpec, ObjectNode cronJob) throws InvalidPolicyException {
        EffectivePolicy policy = RuleRun.effective(policySpec);
        Filling filling = once(defaults, policy, cronJob);
        assertThat(once(defaults, policy, cronJob).changes())
                .as("reviewed again")
                .isEqualTo("-");
        return filling;
    }

    private static Filling once(Defaults defaults, EffectivePolicy policy, ObjectNode cronJob) {
        Manifest manifest = new Manifest(cronJob);
        Defaulter defaulter = new Defaulter(manifest, Intent.of(manifest.read()), (path, value) -> false);
        defaults.fill(new Draft(defaulter, "ml", policy));
        defaulter.finish();
        return new Filling(
                cronJob.deepCopy(),
                join(manifest.changes().stream()
                        .map(change -> RuleRun.path(change.path().stable()) + " (" + change.reason() + ")")
                        .toList()),
                join(defaulter.notices().stream()
                        .map(notice -> RuleRun.path(notice.path().stable()))
                        .toList()));
    }

    private static String join(List<String> texts) {
        return texts.isEmpty() ? "-" : texts.stream().collect(Collectors.joining(", "));
    }

    JsonNode podSpec() {
        return Yaml.podSpec(object);
    }

    JsonNode container() {
        return podSpec().at("/containers/0");
    }
}

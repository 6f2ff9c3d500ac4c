package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.policy.Action;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** The rules with their parameters. */
final class RuleTypes {
    private static final String ACTION =
            "What becomes of a finding: Deny refuses the manifest, Warn shows a warning, Audit records it where the author does not"
                    + " see it, Ignore does not look. Left out: as in the built-in policy.";

    private RuleTypes() {}

    record Profile(@JsonPropertyDescription(ACTION) Action action) {}

    record LabelRemoved(@JsonPropertyDescription(ACTION) Action action) {}

    record LabelRequired(@JsonPropertyDescription(ACTION) Action action) {}

    record ContainerName(@JsonPropertyDescription(ACTION) Action action) {}

    record RestartPolicy(
            @JsonPropertyDescription(ACTION) Action action,

            @ValidationRule(value = Cel.SOME, message = "must list some of OnFailure, Never")
            @JsonPropertyDescription("The restart policies that pods may have. Left out: OnFailure and Never.")
            List<OfJobs> allow) {}

    enum OfJobs {
        @JsonProperty("OnFailure")
        ON_FAILURE,
        @JsonProperty("Never")
        NEVER
    }

    record Schedule(
            @JsonPropertyDescription(ACTION) Action action,

            @Size(max = Cel.NAME)
            @ValidationRule(value = Cel.DURATION, message = Cel.NO_DURATION)
            @JsonPropertyDescription(
                    "The least time between a run and the next, a duration such as 90s, 15m or 4h. Left out: none is asked for.")
            String minInterval) {}

    record TimeZone(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription("Whether a time zone must be written. Left out: false.")
            Boolean require) {}

    record Concurrency(
            @JsonPropertyDescription(ACTION) Action action,

            @ValidationRule(value = Cel.SOME, message = "must list some of Allow, Forbid, Replace")
            @JsonPropertyDescription("The concurrency policies that pipelines may have. Left out: all three.")
            List<OfCronJobs> allow) {}

    enum OfCronJobs {
        @JsonProperty("Allow")
        ALLOW,
        @JsonProperty("Forbid")
        FORBID,
        @JsonProperty("Replace")
        REPLACE
    }

    record Deadline(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription("Whether a deadline must be written. Left out: false.")
            Boolean require,

            @Size(max = Cel.NAME)
            @ValidationRule(value = Cel.DURATION, message = Cel.NO_DURATION)
            @JsonPropertyDescription(
                    "How long a run may take at the most, a duration such as 90s, 15m or 4h. Left out: any time.")
            String max) {}

    record MissedRuns(@JsonPropertyDescription(ACTION) Action action) {}

    record Retries(
            @JsonPropertyDescription(ACTION) Action action,

            @Min(0) @JsonPropertyDescription("How many retries there may be. Left out: any number.")
            Integer max) {}

    record ImageTag(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription("Globs: the tags that no image may have. Left out: latest.")
            List<String> forbid,

            @ValidationRule(value = Cel.SOME, message = Cel.NONE)
            @JsonPropertyDescription("Globs: the tags that images may have. Left out: any.")
            List<String> allow,

            @JsonPropertyDescription("Whether each image must have a digest. Left out: false.")
            Boolean requireDigest) {}

    record ImageRegistry(
            @JsonPropertyDescription(ACTION) Action action,

            @ValidationRule(value = Cel.SOME, message = Cel.NONE)
            @JsonPropertyDescription(
                    "Prefixes of images' full names, each with its registry in front, such as registry.example.com/team or"
                            + " docker.io/library/. Left out: any image.")
            List<String> allow) {}

    record ImagePullPolicy(@JsonPropertyDescription(ACTION) Action action) {}

    record Arguments(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription("Whether the main container must have args or command. Left out: true.")
            Boolean require,

            @ValidationRule(value = Cel.SOME, message = Cel.NONE)
            @JsonPropertyDescription("Globs: the tasks that arguments may name. Left out: any.")
            List<String> allowedTasks,

            @Min(0) @JsonPropertyDescription("How many steps the annotation penstock.dev/tasks may name. Left out: 20.")
            Integer maxTasks) {}

    record Resources(
            @JsonPropertyDescription(ACTION) Action action,

            @ValidationRule(value = Cel.SOME, message = Cel.NONE)
            @JsonPropertyDescription(
                    "The requests and limits that each container must have, such as limits.memory or requests.cpu; a limit counts as"
                            + " a request. Left out: none.")
            List<String> require,

            @JsonPropertyDescription(
                    "By resource, what requests and limits must be at the least, such as {memory: 256Mi}. Left out: nothing.")
            Map<String, JsonNode> min,

            @JsonPropertyDescription(
                    "By resource, what requests and limits may be at the most, such as {memory: 16Gi}. Left out: anything.")
            Map<String, JsonNode> max,

            @JsonPropertyDescription("The resources that are accelerators. Left out: nvidia.com/gpu.")
            List<String> accelerators,

            @Min(0) @JsonPropertyDescription("How many accelerators a run may take. Left out: any number.")
            Integer maxAccelerators) {}

    record Credentials(@JsonPropertyDescription(ACTION) Action action) {}

    record Labels(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription(
                    "By label, a regular expression in RE2's syntax that the whole of its value must match. Left out: none.")
            Map<String, String> require,

            @JsonPropertyDescription(
                    "By annotation, a regular expression in RE2's syntax that the whole of its value must match. Left out: none.")
            Map<String, String> requireAnnotations) {}

    record Name(
            @JsonPropertyDescription(ACTION) Action action,

            @JsonPropertyDescription(
                    "A regular expression in RE2's syntax that the whole name must match. Left out: any name.")
            String pattern) {}
}

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What a policy says of each rule, by the rule's id. */
record PolicyRules(
        @JsonPropertyDescription(
                "The value of the label penstock.dev/pipeline names a profile, or none with default or true. Built-in action:"
                        + " Deny.")
        RuleTypes.Profile profile,

        @JsonPropertyDescription("The label penstock.dev/pipeline is not taken off a pipeline. Built-in action: Warn.")
        RuleTypes.LabelRemoved labelRemoved,

        @JsonPropertyDescription(
                "A new CronJob has the label penstock.dev/pipeline, and keeps it, in a namespace with the label"
                        + " penstock.dev/require-label: \"true\". Built-in action: Deny.")
        RuleTypes.LabelRequired labelRequired,

        @JsonPropertyDescription("There is a container, and each has a name. Built-in action: Deny.")
        RuleTypes.ContainerName containerName,

        @JsonPropertyDescription(
                "The pods have a restart policy that Jobs may have, and that is allowed. Built-in action: Deny.")
        RuleTypes.RestartPolicy restartPolicy,

        @JsonPropertyDescription(
                "Kubernetes accepts the schedule, it fires within 5 years, no step is larger than its range, and no two runs are"
                        + " closer than minInterval. Built-in action: Deny.")
        RuleTypes.Schedule schedule,

        @JsonPropertyDescription(
                "The time zone is one that Kubernetes knows; a warning says which run a change of the clocks skips or repeats."
                        + " Built-in action: Deny.")
        RuleTypes.TimeZone timeZone,

        @JsonPropertyDescription(
                "What happens when a run is due while the last one goes on is what is allowed. Built-in action: Ignore.")
        RuleTypes.Concurrency concurrency,

        @JsonPropertyDescription(
                "A run that hangs is ended: activeDeadlineSeconds is written where it is asked for, and no longer than max."
                        + " Built-in action: Warn.")
        RuleTypes.Deadline deadline,

        @JsonPropertyDescription(
                "startingDeadlineSeconds is not under 10, with which no run may ever start. Built-in action: Warn.")
        RuleTypes.MissedRuns missedRuns,

        @JsonPropertyDescription(
                "backoffLimit, how often Kubernetes tries a failed run again, is at most max. Built-in action: Warn.")
        RuleTypes.Retries retries,

        @JsonPropertyDescription(
                "Each image has a tag, which is not a forbidden one and is an allowed one; or a digest. Built-in action: Warn.")
        RuleTypes.ImageTag imageTag,

        @JsonPropertyDescription(
                "Each image is from where it is allowed: its full name begins with one of the prefixes. Built-in action: Ignore.")
        RuleTypes.ImageRegistry imageRegistry,

        @JsonPropertyDescription(
                "An image whose tag moves is pulled Always, and one with a digest is not. Built-in action: Warn.")
        RuleTypes.ImagePullPolicy imagePullPolicy,

        @JsonPropertyDescription(
                "The main container is told what to run, each task that arguments name is an allowed one, and a pipeline has not"
                        + " too many steps. Built-in action: Warn.")
        RuleTypes.Arguments arguments,

        @JsonPropertyDescription(
                "Each container has the requests and limits that are asked for, within bounds; no request is above its limit; and"
                        + " a run takes no more accelerators than allowed. Built-in action: Warn.")
        RuleTypes.Resources resources,

        @JsonPropertyDescription(
                "No environment variable, argument or command holds a secret in clear. Built-in action: Warn.")
        RuleTypes.Credentials credentials,

        @JsonPropertyDescription(
                "The CronJob and the pods that it starts have the labels and annotations that are asked for. Built-in action:"
                        + " Ignore.")
        RuleTypes.Labels labels,

        @JsonPropertyDescription(
                "The name has at most 52 characters, 47 where it is a generateName, and is as the pattern asks for. Built-in"
                        + " action: Deny.")
        RuleTypes.Name name) {}

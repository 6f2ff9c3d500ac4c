package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a policy says of pipelines that choose a profile. */
record PolicyProfile(
        @Size(max = Cel.NAME)
        @ValidationRule(value = Cel.CONTAINER_NAME, message = Cel.NO_CONTAINER_NAME)
        @JsonPropertyDescription(Words.CONTAINER_NAME)
        String containerName,

        @JsonPropertyDescription(Words.TASK) String task,

        @JsonPropertyDescription(Words.ARGUMENTS) List<String> arguments,

        @JsonPropertyDescription(Words.IMAGE) PolicyImage image,

        @JsonPropertyDescription(Words.DEFAULTS) PartialCronJob defaults,

        @JsonPropertyDescription("Settings of rules by the rule's id, which refine what the policy says in general.")
        PolicyRules rules) {}

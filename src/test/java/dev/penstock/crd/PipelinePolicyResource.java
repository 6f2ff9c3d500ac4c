package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** A {@code PipelinePolicy} as a cluster holds it. */
@ValidationRule(
        value = "self.metadata.name != 'built-in'",
        message = "the name built-in is that of the policy below all others: choose another")
record PipelinePolicyResource(
        @JsonPropertyDescription(
                "What the policy says: where it applies, what it fills in, what it checks. What it leaves out it leaves to other"
                        + " policies, and in the end to the built-in one.")
        PolicySpec spec,

        @JsonPropertyDescription("What became of the policy. Penstock writes it.")
        PolicyStatus status) {}

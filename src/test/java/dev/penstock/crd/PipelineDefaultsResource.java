package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A {@code PipelineDefaults} as a cluster holds it. */
record PipelineDefaultsResource(
        @JsonPropertyDescription(
                "What is filled in before any policy does. It has no rules: a team cannot loosen what the platform asks.")
        DefaultsSpec spec,

        @JsonPropertyDescription("What became of the defaults. Penstock writes it.")
        DefaultsStatus status) {}

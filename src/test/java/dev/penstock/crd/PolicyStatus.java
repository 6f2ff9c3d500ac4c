package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of a policy. */
record PolicyStatus(
        @JsonPropertyDescription(Condition.WORDS) List<Condition> conditions,
        @JsonPropertyDescription(Condition.GENERATION) Long observedGeneration,

        @JsonPropertyDescription("How many namespaces the policy selects; of one that cannot be used, as before.")
        Integer namespaces,

        @JsonPropertyDescription(
                "How many pipelines there are in these namespaces; of one that cannot be used, as before.")
        Integer pipelines) {}

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of a team's defaults. */
record DefaultsStatus(
        @JsonPropertyDescription(Condition.WORDS) List<Condition> conditions,
        @JsonPropertyDescription(Condition.GENERATION) Long observedGeneration,

        @JsonPropertyDescription(
                "How many pipelines there are in the namespace; of defaults that cannot be used, as before.")
        Integer pipelines) {}

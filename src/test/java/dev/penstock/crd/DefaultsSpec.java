package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What the team of a namespace fills in. */
record DefaultsSpec(
        @JsonPropertyDescription(Words.TASK) String task,
        @JsonPropertyDescription(Words.ARGUMENTS) List<String> arguments,
        @JsonPropertyDescription(Words.IMAGE) Image image,
        @JsonPropertyDescription(Words.DEFAULTS) PartialCronJob defaults,

        @JsonPropertyDescription(
                "By name, what is filled in for pipelines whose label penstock.dev/pipeline has this value; no profile may be"
                        + " called default or true, which choose none, nor none, other or unknown, which metrics have for"
                        + " something else.")
        Map<String, Profile> profiles) {

    record Image(
            @Size(max = Cel.NAME)
            @ValidationRule(value = Cel.TAG, message = Cel.NO_TAG)
            @JsonPropertyDescription(Words.IMAGE_TAG)
            String tag) {}

    record Profile(@JsonPropertyDescription(Words.DEFAULTS) PartialCronJob defaults) {}
}

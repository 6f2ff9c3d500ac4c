package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One condition of a status: what apimachinery's {@code metav1.Condition} asks for. */
record Condition(
        @Required
        @Size(max = 316)
        @Pattern(
                "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
        @JsonPropertyDescription(
                "What is said, in CamelCase: Ready is whether this version of the document is in force.")
        String type,

        @Required @JsonPropertyDescription("Whether it holds: True, False or Unknown.")
        State status,

        @Required @JsonPropertyDescription("When the status last changed.")
        // metav1.Time
        String lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        @JsonPropertyDescription("Why, as one word in CamelCase for programs.")
        String reason,

        @Required @Size(max = 32768) @JsonPropertyDescription("Why, for people; it may be empty.")
        String message,

        @Min(0) @JsonPropertyDescription("The metadata.generation that it was found for.")
        Long observedGeneration) {
    static final String WORDS =
            "Whether the document is in force. Ready is False where it cannot be used, and its message says why; the last"
                    + " good version stays in force meanwhile.";
    static final String GENERATION = "The metadata.generation that the status is of.";

    enum State {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;

/** A label selector, in the words of Kubernetes' own. */
record NamespaceSelector(
        @JsonPropertyDescription("Labels that a namespace must have, with these values.")
        Map<String, String> matchLabels,

        @JsonPropertyDescription("Requirements on labels, all of which must hold.")
        List<Requirement> matchExpressions) {

    record Requirement(
            @Required @JsonPropertyDescription("The key of the label.")
            String key,

            @Required
            @JsonPropertyDescription(
                    "What is asked of the label. NotIn and DoesNotExist hold for a namespace without the label.")
            Operator operator,

            @JsonPropertyDescription("Values for In and NotIn; left out for Exists and DoesNotExist.")
            List<String> values) {}

    enum Operator {
        @JsonProperty("In")
        IN,
        @JsonProperty("NotIn")
        NOT_IN,
        @JsonProperty("Exists")
        EXISTS,
        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST
    }
}

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a policy lets pass for a time. */
record PolicyExemption(
        @Size(max = Cel.LIST)
        @ValidationRule(value = Cel.SOME, message = Cel.NONE)
        @ValidationRule(value = Cel.GLOBS, message = Cel.NO_GLOBS)
        @JsonPropertyDescription(
                "Globs: the namespaces that it holds for. Left out: every one that the policy selects.")
        List<@Size(max = Cel.NAME) String> namespaces,

        @Size(max = Cel.LIST)
        @ValidationRule(value = Cel.SOME, message = Cel.NONE)
        @ValidationRule(value = Cel.GLOBS, message = Cel.NO_GLOBS)
        @JsonPropertyDescription(
                "Globs: the pipelines that it holds for, by the CronJob's name, or its generateName before it has one. Left out:"
                        + " every one.")
        List<@Size(max = Cel.NAME) String> names,

        @Required
        @ValidationRule(value = Cel.SOME, message = Cel.NO_RULES)
        @JsonPropertyDescription("The ids of the rules that are let pass, such as imageTag; at least one.")
        List<String> rules,

        @Required
        @Size(max = Cel.TEXT)
        @ValidationRule(value = Cel.GIVEN, message = Cel.NOT_GIVEN)
        @JsonPropertyDescription("Why, for those who read the policy.")
        String reason,

        @Size(max = Cel.NAME)
        @ValidationRule(value = Cel.DATE, message = Cel.NO_DATE)
        @JsonPropertyDescription(
                "The last day on which it holds, as 2027-03-31, until its end in UTC. Left out: it holds for ever.")
        String expires) {}

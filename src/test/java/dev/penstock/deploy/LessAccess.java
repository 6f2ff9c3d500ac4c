package dev.penstock.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A role that is shipped, without one verb of one rule.
 *
 * @param rule which one of the role's
 */
record LessAccess(ObjectNode role, int rule, String verb) {

    /** Each that there is. */
    static Stream<LessAccess> of(ObjectNode role) {
        return IntStream.range(0, role.path("rules").size())
                .boxed()
                .flatMap(rule -> texts(role.path("rules").path(rule).path("verbs"))
                        .map(verb -> new LessAccess(role, rule, verb)));
    }

    /** The role without it. */
    ObjectNode reduced() {
        ObjectNode reduced = role.deepCopy();
        ArrayNode rules = reduced.withArray("rules");
        List<String> others = texts(rules.path(rule).path("verbs"))
                .filter(other -> !other.equals(verb))
                .toList();
        if (others.isEmpty()) {
            rules.remove(rule);
        } else {
            ArrayNode verbs = ((ObjectNode) rules.path(rule)).putArray("verbs");
            others.forEach(verbs::add);
        }
        return reduced;
    }

    /** What the account may do no longer. */
    Set<Access> missing() {
        Set<Access> missing = new TreeSet<>(Access.grantedBy(role));
        missing.removeAll(Access.grantedBy(reduced()));
        return missing;
    }

    /** Such as {@code list pipelinepolicies, pipelinedefaults}. */
    @Override
    public String toString() {
        return verb + " "
                + texts(role.path("rules").path(rule).path("resources")).collect(Collectors.joining(", "));
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}

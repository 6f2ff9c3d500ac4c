package dev.penstock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.cases.Case;
import java.util.List;

/**
 * What the wire tells of a case.
 *
 * @param denials {@code PATH: MESSAGE} of each; none where it is allowed
 * @param object afterwards; a missing node where it is denied
 */
record CaseAnswer(List<String> denials, JsonNode object) {
    static CaseAnswer denied(List<String> denials) {
        return new CaseAnswer(denials, MissingNode.getInstance());
    }

    static CaseAnswer allowed(JsonNode object) {
        return new CaseAnswer(List.of(), object);
    }

    /** What the case's files say. */
    static CaseAnswer expected(Case story) {
        List<String> denials = story.outcomeLines().stream()
                .filter(line -> line.startsWith("Deny "))
                .map(line -> line.substring("Deny ".length()))
                .toList();
        return story.expected().isPresent()
                ? new CaseAnswer(denials, Case.read(story.expected().get()))
                : denied(denials);
    }
}

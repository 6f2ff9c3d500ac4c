package dev.penstock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.penstock.cases.Case;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the wire tells of a case.
 *
 * @param denials {@code PATH: MESSAGE} of each; none where it is allowed
 * @param object afterwards; a missing node where it is denied
 */
record CaseAnswer(List<String> denials, JsonNode object) {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** A running webhook has another now than the cases: dates do not count. */
    CaseAnswer {
        denials = denials.stream()
                .map(denial -> DATE.matcher(denial).replaceAll("YYYY-MM-DD"))
                .toList();
    }

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

package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Offline equals online: how what was said of one manifest is compared. */
final class Parity {
    private static final String CUT = "…";

    private Parity() {}

    /** That the webhook said what {@code penstock review} says: verdict, findings, notices and where each value came from. */
    static void assertSame(OfflineReview offline, WebhookReview online) throws IOException {
        assertThat(online.isAllowed()).as("allowed").isEqualTo(offline.isAllowed());
        assertThat(online.denials()).containsExactlyInAnyOrderElementsOf(offline.denials());
        assertWarnings(offline.warnings(), online.warnings());
        if (offline.isAllowed()) {
            assertThat(online.audited()).isEqualTo(String.join("; ", offline.audited()));
            assertThat(online.defaulted()).isEqualTo(defaulted(offline.object()));
            assertThat(online.sources()).isEqualTo(offline.sources());
        }
    }

    private static String defaulted(JsonNode object) {
        return object.path("metadata")
                .path("annotations")
                .path("penstock.dev/defaulted")
                .asText("{}");
    }

    /** That these warnings are of these sentences, each {@code FIELD: MESSAGE} or {@code FIELD MESSAGE}. */
    static void assertWarnings(List<String> sentences, List<String> warnings) {
        assertThat(warnings).hasSameSizeAs(sentences);
        for (String sentence : sentences) {
            assertThat(warnings).anyMatch(warning -> says(warning, sentence));
        }
    }

    /** A warning is cut where it is long, and its path shortened: what it says of the field is what counts. */
    private static boolean says(String warning, String sentence) {
        String said = afterPath(warning);
        String meant = afterPath(sentence);
        int cut = said.indexOf(CUT);
        return cut < 0
                ? said.equals(meant)
                : meant.startsWith(said.substring(0, cut)) && meant.endsWith(said.substring(cut + CUT.length()));
    }

    private static String afterPath(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** What a stored object lacks of the expected one: it may hold more, as the API server fills in. */
    static List<String> missing(JsonNode expected, JsonNode stored) {
        return missing("", expected, stored);
    }

    private static List<String> missing(String path, JsonNode expected, JsonNode actual) {
        List<String> missing = new ArrayList<>();
        if (expected instanceof ObjectNode object && (actual.isObject() || object.isEmpty())) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                missing.addAll(missing(path + "." + member.getKey(), member.getValue(), actual.path(member.getKey())));
            }
        } else if (expected.isArray() && actual.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                missing.addAll(missing(path + "[" + i + "]", expected.path(i), actual.path(i)));
            }
        } else if (!expected.isNull()
                && !(expected.isValueNode()
                        && actual.isValueNode()
                        && expected.asText().equals(actual.asText()))) {
            missing.add(path + ": expected " + expected + " but was " + actual);
        }
        return missing;
    }
}

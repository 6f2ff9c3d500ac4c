package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.text.Count;
import java.util.List;

/**
 * All that came of a review of files.
 *
 * @param pipelines in the order in which they were read
 * @param passedOver how many objects are no pipelines
 * @param errors what could not be read
 */
record ReviewReport(List<Reviewed> pipelines, int passedOver, List<Unread> errors) {
    long denied() {
        return pipelines.stream().filter(Reviewed::isDenied).count();
    }

    long warned() {
        return pipelines.stream().filter(Reviewed::isWarnedOf).count();
    }

    /** In one line. */
    String summary() {
        return Count.of(pipelines.size(), "pipeline") + ": " + denied() + " denied, " + warned() + " warned of, "
                + (pipelines.size() - denied() - warned()) + " allowed" + besides(passedOver, errors.size());
    }

    /** What a summary ends with: objects that are no pipelines, and files that could not be read. */
    static String besides(int passedOver, int unread) {
        return (passedOver == 0 ? "" : "; " + Count.of(passedOver, "other object") + " passed over")
                + (unread == 0 ? "" : "; " + Count.of(unread, "file") + " could not be read");
    }

    /** A value as one line. */
    static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

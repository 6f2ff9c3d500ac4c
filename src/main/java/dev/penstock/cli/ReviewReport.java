package dev.penstock.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
        String passed = passedOver == 0 ? "" : "; " + many(passedOver, "other object") + " passed over";
        String unread = errors.isEmpty() ? "" : "; " + many(errors.size(), "file") + " could not be read";
        return many(pipelines.size(), "pipeline") + ": " + denied() + " denied, " + warned() + " warned of, "
                + (pipelines.size() - denied() - warned()) + " allowed" + passed + unread;
    }

    private static String many(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A value as one line. */
    static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What is filled in. Its spec is free: which fields a CronJob has is the cluster's to say. */
record PartialCronJob(
        @JsonPropertyDescription("Labels and annotations of the CronJob; the rest of its metadata is the author's.")
        Metadata metadata,

        @JsonPropertyDescription(
                "The spec of a CronJob (kubectl explain cronjob.spec), of which anything may be left out. The container \"*\" stands"
                        + " for every container of the pipeline, and H in the schedule for a time of each pipeline's own.")
        JsonNode spec) {

    record Metadata(
            @JsonPropertyDescription("Labels that are filled in, by key.")
            Map<String, String> labels,

            @JsonPropertyDescription("Annotations that are filled in, by key.")
            Map<String, String> annotations) {}
}

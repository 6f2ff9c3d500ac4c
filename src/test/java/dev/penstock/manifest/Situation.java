package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request in few words, for tables: a CronJob with {@code spec.concurrencyPolicy}, of which {@code Allow} is the server's
 * default, and what there is beside it.
 *
 * <p>{@code {v: Allow, L: {…}, apply: [f, g], update: [f], P: {…}, keep: …, refresh: …, label: …, labels: {…}, spec: {…}}}: the value; the spec that
 * client-side apply recorded; the fields of the spec that a manager {@code applier} or {@code updater} owns, or with {@code client} the one
 * of client-side apply, with {@code tool} another that recorded L, with {@code forger} one that wrote P; what the annotation remembers, short for {@code spec.…} where it is not of the metadata; the annotations, the
 * label and further ones.
 */
final class Situation {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Situation() {}

    static Intent intent(String request, @Nullable String old, String manager) {
        Field before = old == null ? null : Field.of(cronJob(old));
        boolean wasPipeline = before != null
                && before.at("metadata", "labels", "penstock.dev/pipeline").isPresent();
        return Intent.of(Field.of(cronJob(request)), before, wasPipeline, manager);
    }

    static Field concurrencyPolicy(String request) {
        return Field.of(cronJob(request)).at("spec", "concurrencyPolicy");
    }

    static ObjectNode cronJob(String words) {
        ObjectNode said = Yaml.object(words);
        ObjectNode cronJob = Yaml.object("{metadata: {labels: {}, annotations: {}}, spec: {}}");
        ObjectNode annotations = (ObjectNode) cronJob.at("/metadata/annotations");
        cronJob.withObject("/spec").setAll(said.has("spec") ? (ObjectNode) said.path("spec") : Yaml.object("{}"));
        if (said.has("v")) {
            cronJob.withObject("/spec").set("concurrencyPolicy", said.path("v"));
        }
        if (!said.path("label").isNull()) {
            cronJob.withObject("/metadata/labels")
                    .put("penstock.dev/pipeline", said.path("label").asText("default"));
        }
        if (said.has("labels")) {
            cronJob.withObject("/metadata/labels").setAll((ObjectNode) said.path("labels"));
        }
        if (said.has("L")) {
            annotations.put(
                    LAST_APPLIED, Yaml.object("{}").set("spec", said.path("L")).toString());
        }
        if (said.has("P")) {
            ObjectNode sources = Yaml.object("{}");
            said.path("P").properties().forEach(entry -> {
                String path = entry.getKey();
                sources.set(path.startsWith("metadata.") ? path : "spec." + path, entry.getValue());
            });
            annotations.put(Intent.DEFAULTED, sources.toString());
        }
        for (String annotation : new String[] {"keep", "refresh", "image"}) {
            if (said.has(annotation)) {
                annotations.set("penstock.dev/" + annotation, said.path(annotation));
            }
        }
        own(cronJob, "applier", "Apply", said.path("apply"));
        own(cronJob, "updater", "Update", said.path("update"));
        own(cronJob, "kubectl-client-side-apply", "Update", said.path("client"), LAST_APPLIED);
        own(cronJob, "tool", "Update", said.path("tool"), LAST_APPLIED);
        own(cronJob, "forger", "Update", said.path("forger"), Intent.DEFAULTED);
        return cronJob;
    }

    private static void own(
            ObjectNode cronJob, String manager, String operation, JsonNode fields, String... annotations) {
        if (!fields.isMissingNode()) {
            ObjectNode entry =
                    cronJob.withObject("/metadata").withArray("managedFields").addObject();
            ObjectNode owned =
                    entry.put("manager", manager).put("operation", operation).putObject("fieldsV1");
            ObjectNode spec = owned.putObject("f:spec");
            fields.forEach(field -> spec.putObject("f:" + field.asText()));
            for (String annotation : annotations) {
                owned.withObject("/f:metadata/f:annotations").putObject("f:" + annotation);
            }
        }
    }
}

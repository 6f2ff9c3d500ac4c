package dev.penstock.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the author of the pipeline {@code churn} writes.
 *
 * @param spec its members but the jobTemplate, in YAML's flow style
 * @param job the members of the job's spec but the template, likewise
 * @param pod the members of the pod's spec, likewise
 */
record Manifest(Map<String, String> labels, Map<String, String> annotations, String spec, String job, String pod) {
    static final String IMAGE_ANNOTATION = "penstock.dev/image";

    /** An author who leaves all of the spec to the policy. */
    static final Manifest MINIMAL = new Manifest(
            Map.of("penstock.dev/pipeline", "default"),
            Map.of(IMAGE_ANNOTATION, "registry.example.com/churn:1.4.2"),
            "",
            "",
            "");

    /** An author who brings a container, and so no annotation. */
    static final Manifest OWN_CONTAINER = new Manifest(
            MINIMAL.labels, Map.of(), "", "", "containers: [{name: main, image: 'registry.example.com/churn:1.4.2'}]");

    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest spec(String members) {
        return new Manifest(labels, annotations, members, job, pod);
    }

    Manifest job(String members) {
        return new Manifest(labels, annotations, spec, members, pod);
    }

    Manifest pod(String members) {
        return new Manifest(labels, annotations, spec, job, members);
    }

    Manifest label(String key, String value) {
        return new Manifest(with(labels, key, value), annotations, spec, job, pod);
    }

    Manifest unlabelled() {
        return new Manifest(Map.of(), annotations, spec, job, pod);
    }

    Manifest annotate(String key, String value) {
        return new Manifest(labels, with(annotations, key, value), spec, job, pod);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    /** In YAML. */
    @Override
    public String toString() {
        String template = pod.isEmpty() ? "" : "template: {spec: {" + pod + "}}";
        String jobTemplate =
                joined(job, template).isEmpty() ? "" : "jobTemplate: {spec: {" + joined(job, template) + "}}";
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {%s}
                spec: {%s}
                """.formatted(
                        joined("name: churn", map("labels", labels), map("annotations", annotations)),
                        joined(spec, jobTemplate));
    }

    private static String joined(String... members) {
        return Stream.of(members).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String map(String name, Map<String, String> members) {
        try {
            return members.isEmpty() ? "" : name + ": " + JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.penstock.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Trees for tests, written as YAML. */
public final class Yaml {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    public static JsonNode tree(String yaml) {
        try {
            return MAPPER.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    public static ObjectNode object(String yaml) {
        return (ObjectNode) tree(yaml);
    }

    /** A pipeline called {@code churn} with this spec. */
    public static ObjectNode pipeline(String spec) {
        ObjectNode cronJob = object("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: churn, namespace: ml, labels: {penstock.dev/pipeline: default}}
                """);
        cronJob.set("spec", tree(spec));
        return cronJob;
    }

    /** A pipeline with this pod spec and otherwise nothing. */
    public static ObjectNode pipelineOfPod(String podSpec) {
        ObjectNode cronJob = pipeline("{jobTemplate: {spec: {template: {}}}}");
        ((ObjectNode) cronJob.at("/spec/jobTemplate/spec/template")).set("spec", tree(podSpec));
        return cronJob;
    }

    public static JsonNode podSpec(JsonNode cronJob) {
        return cronJob.at("/spec/jobTemplate/spec/template/spec");
    }
}

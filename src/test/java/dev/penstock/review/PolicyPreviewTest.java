package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Documents;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyPreviewTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        newly denied             | {imageTag: {action: Audit}}  | {imageTag: {action: Deny}}                            | newly deny 1 of them, and newly warn of 0; stricter for: 1 by imageTag; ml/churn: denied (rule imageTag)
        newly warned of          | {imageTag: {action: Audit}}  | {imageTag: {action: Warn}}                            | newly deny 0 of them, and newly warn of 1; stricter for: 1 by imageTag
        denied before            | {imageTag: {action: Deny}}   | {imageTag: {action: Deny}, retries: {action: Deny, max: 0}} | newly deny 0 of them, and newly warn of 0; stricter for: 1 by retries
        weaker                   | {imageTag: {action: Deny}}   | {imageTag: {action: Warn}}                            | newly deny 0 of them, and newly warn of 1; weaker for: 1 by imageTag
        no longer found          | {retries: {action: Deny, max: 0}} | {}                                               | newly deny 0 of them, and newly warn of 0; weaker for: 1 by retries
        nothing                  | {}                           | {}                                                    | newly deny 0 of them, and newly warn of 0
        """)
    void saysWhatBecomesOfAPipeline(String story, String before, String after, String lines) throws Exception {
        PolicyPreview preview = new PolicyPreview(reviewer(before), reviewer(after), NOW);
        preview.add(pipeline("churn"), "ml", true);
        assertThat(String.join("; ", preview.lines()))
                .isEqualTo("governs 1 existing pipeline in 1 namespace; as they are, it would " + lines);
    }

    @Test
    void namesTheFirstFive() throws Exception {
        PolicyPreview preview =
                new PolicyPreview(reviewer("{imageTag: {action: Warn}}"), reviewer("{imageTag: {action: Deny}}"), NOW);
        for (String name : List.of("g", "c", "e", "a", "f", "b", "d")) {
            preview.add(pipeline(name), name.equals("a") ? "web" : "ml", true);
        }
        assertThat(preview.lines())
                .startsWith(
                        "governs 7 existing pipelines in 2 namespaces",
                        "as they are, it would newly deny 7 of them, and newly warn of 0")
                .endsWith(
                        "ml/b: denied (rule imageTag)",
                        "ml/c: denied (rule imageTag)",
                        "ml/d: denied (rule imageTag)",
                        "ml/e: denied (rule imageTag)",
                        "ml/f: denied (rule imageTag)")
                .hasSize(8);
    }

    private static Reviewer reviewer(String rules) throws Exception {
        return Reviewer.of(Documents.policy("a", "{rules: " + rules + "}"));
    }

    private static ObjectNode pipeline(String name) {
        ObjectNode pipeline = Yaml.pipeline("""
                schedule: 0 1 * * *
                jobTemplate:
                  spec:
                    backoffLimit: 2
                    template:
                      spec:
                        restartPolicy: Never
                        containers: [{name: main, image: "app:latest", imagePullPolicy: Always, args: [run]}]
                """);
        pipeline.withObject("/metadata").put("name", name);
        return pipeline;
    }
}

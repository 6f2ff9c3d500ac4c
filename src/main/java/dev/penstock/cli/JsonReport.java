package dev.penstock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Change;
import dev.penstock.rules.Finding;
import dev.penstock.yaml.Place;
import java.io.PrintWriter;

/** For programs; {@code docs/review.schema.json} says what it holds. */
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    static void write(ReviewReport report, PrintWriter out) {
        print(tree(report), out);
    }

    static void print(ObjectNode tree, PrintWriter out) {
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is JSON", e);
        }
    }

    private static ObjectNode tree(ReviewReport report) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("summary")
                .put("pipelines", report.pipelines().size())
                .put("denied", report.denied())
                .put("warned", report.warned())
                .put("passedOver", report.passedOver());
        ArrayNode pipelines = tree.putArray("pipelines");
        report.pipelines().forEach(pipeline -> pipelines.add(pipeline(pipeline)));
        ArrayNode errors = tree.putArray("errors");
        report.errors().forEach(error -> errors.add(error.toString()));
        return tree;
    }

    private static ObjectNode pipeline(Reviewed pipeline) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("file", pipeline.file().name())
                .put("line", pipeline.place().line())
                .put("namespace", pipeline.namespace())
                .put("name", pipeline.name())
                .put("profile", pipeline.profile());
        ArrayNode policies = tree.putArray("policy");
        pipeline.verdict().policies().forEach(policies::add);
        tree.put("verdict", pipeline.isDenied() ? "denied" : "allowed");
        pipeline.broken().ifPresent(broken -> tree.put("error", broken.message()));
        ArrayNode findings = tree.putArray("findings");
        pipeline.verdict().findings().forEach(finding -> findings.add(finding(pipeline, finding)));
        ArrayNode notices = tree.putArray("notices");
        pipeline.verdict()
                .notices()
                .forEach(notice -> notices.addObject()
                        .put("field", notice.path().toString())
                        .put("message", notice.text()));
        ArrayNode changes = tree.putArray("changes");
        pipeline.verdict().changes().forEach(change -> changes.add(change(change)));
        if (!pipeline.isDenied()) {
            tree.set("object", pipeline.object());
        }
        return tree;
    }

    private static ObjectNode finding(Reviewed pipeline, Finding finding) {
        Place place = pipeline.place(finding);
        return JsonNodeFactory.instance
                .objectNode()
                .put("rule", finding.rule())
                .put("policy", finding.policy())
                .put("action", finding.action().toString())
                .put("kind", finding.kind().reason())
                .put("field", finding.path().toString())
                .put("line", place.line())
                .put("column", place.column())
                .put("message", finding.message());
    }

    private static ObjectNode change(Change change) {
        ObjectNode tree =
                JsonNodeFactory.instance.objectNode().put("field", change.path().toString());
        if (!change.value().isMissingNode()) {
            tree.set("value", change.value());
        }
        return tree.put("source", change.reason().toString());
    }
}

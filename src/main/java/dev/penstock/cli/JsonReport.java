package dev.penstock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Change;
import dev.penstock.rules.Finding;
import java.io.PrintWriter;

/** For programs; {@code docs/review.md} says what it holds. */
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

    static ObjectNode tree(ReviewReport report) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("summary")
                .put("pipelines", report.pipelines().size())
                .put("denied", report.denied())
                .put("warned", report.warned())
                .put("passedOver", report.passedOver());
        report.pipelines().forEach(pipeline -> tree.withArray("pipelines").add(pipeline(pipeline)));
        report.errors().forEach(error -> tree.withArray("errors").add(error));
        return tree;
    }

    private static ObjectNode pipeline(Reviewed pipeline) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("file", pipeline.file().name())
                .put("line", pipeline.place().line())
                .put("namespace", pipeline.namespace())
                .put("name", pipeline.name())
                .put("profile", pipeline.profile())
                .put("verdict", pipeline.isDenied() ? "denied" : "allowed");
        pipeline.broken().ifPresent(sentence -> tree.put("error", sentence));
        tree.putArray("findings");
        pipeline.verdict()
                .findings()
                .forEach(finding -> tree.withArray("findings").add(finding(pipeline, finding)));
        tree.putArray("changes");
        pipeline.verdict().changes().forEach(change -> tree.withArray("changes").add(change(change)));
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

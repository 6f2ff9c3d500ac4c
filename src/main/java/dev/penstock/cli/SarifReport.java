package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.yaml.Place;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For code scanning: SARIF 2.1.0 with what an author is told.
 *
 * <p>It lists the rules that found something and no others, since a policy may ignore a rule. They bring their help as text and
 * have no {@code helpUri}, which must be absolute: our pages have no address of their own.
 */
final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    // Another number once it is made in another way: every result is a new one then.
    private static final String FINGERPRINT = "penstock/v1";
    private static final RuleText WRONG_TYPE =
            new RuleText(Diagnostic.WRONG_TYPE, "Each field has the JSON type that Kubernetes has there.");

    private final List<String> rules; // by id, as they are listed
    private final Map<String, Integer> fingerprints = new HashMap<>(); // how many results have it

    private SarifReport(List<String> rules) {
        this.rules = rules;
    }

    static void write(ReviewReport report, PrintWriter out) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("$schema", SCHEMA).put("version", "2.1.0").putArray("runs").add(run(report));
        JsonReport.print(tree, out);
    }

    private static ObjectNode run(ReviewReport report) {
        List<RuleText> rules = rules(report);
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        ObjectNode driver = run.putObject("tool")
                .putObject("driver")
                .put("name", "Penstock")
                .put("version", Version.number());
        ArrayNode descriptors = driver.putArray("rules");
        rules.forEach(rule -> descriptors.add(descriptor(rule)));
        run.putArray("invocations").add(invocation(report.errors()));
        run.put("columnKind", "unicodeCodePoints");
        SarifReport sarif = new SarifReport(rules.stream().map(RuleText::id).toList());
        ArrayNode results = run.putArray("results");
        for (Reviewed pipeline : report.pipelines()) {
            pipeline.diagnostics().forEach(diagnostic -> results.add(sarif.result(pipeline, diagnostic)));
        }
        return run;
    }

    private static List<RuleText> rules(ReviewReport report) {
        Set<String> found = report.pipelines().stream()
                .flatMap(pipeline -> pipeline.diagnostics().stream())
                .map(Diagnostic::rule)
                .collect(Collectors.toSet());
        return Stream.concat(RuleText.all().stream(), Stream.of(WRONG_TYPE))
                .filter(rule -> found.contains(rule.id()))
                .toList();
    }

    private static ObjectNode descriptor(RuleText rule) {
        ObjectNode descriptor = JsonNodeFactory.instance.objectNode().put("id", rule.id());
        descriptor.set("shortDescription", message(rule.summary()));
        descriptor.set("fullDescription", message(rule.description()));
        ObjectNode help = message(rule.help());
        descriptor.set("help", help.set("markdown", help.get("text")));
        return descriptor;
    }

    private static ObjectNode invocation(List<Unread> errors) {
        ObjectNode invocation = JsonNodeFactory.instance.objectNode().put("executionSuccessful", errors.isEmpty());
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        for (Unread error : errors) {
            ObjectNode notification = notifications.addObject().put("level", "error");
            notification.set("message", message(error.message()));
            notification.putArray("locations").add(location(error.file(), error.place()));
        }
        return invocation;
    }

    private ObjectNode result(Reviewed pipeline, Diagnostic diagnostic) {
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("ruleId", diagnostic.rule())
                .put("ruleIndex", rules.indexOf(diagnostic.rule()))
                .put("level", diagnostic.level());
        result.set("message", message(diagnostic.message()));
        String subject = (pipeline.id() + " " + diagnostic.field().stable()).strip();
        ObjectNode location = location(pipeline.file().name(), diagnostic.place());
        result.putArray("locations").add(location);
        location.putArray("logicalLocations").addObject().put("fullyQualifiedName", subject);
        result.putObject("partialFingerprints").put(FINGERPRINT, fingerprint(diagnostic.rule() + " " + subject));
        return result;
    }

    private static ObjectNode location(String file, Place place) {
        ObjectNode location = JsonNodeFactory.instance.objectNode();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(file));
        if (place.isKnown()) {
            physical.putObject("region")
                    .put("startLine", place.line())
                    .put("startColumn", place.column())
                    .put("endColumn", place.endColumn());
        }
        return location;
    }

    /** The same wherever it stands in the file; with a number where there was one like it. */
    private String fingerprint(String text) {
        int number = fingerprints.merge(text, 1, Integer::sum);
        return number == 1 ? text : text + " " + number;
    }

    /** A message without placeholders: SARIF 2.1.0, 3.11.5. */
    private static ObjectNode message(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", text.replace("{", "{{").replace("}", "}}"));
    }

    /** Relative to the working directory where the file is below it. */
    static String uri(String file) {
        try {
            Path here = Path.of("").toAbsolutePath();
            URI uri = here.toUri().relativize(here.resolve(file).normalize().toUri());
            return uri.isAbsolute() ? uri.toString() : uri.getRawPath().replace(":", "%3A"); // else a scheme's end
        } catch (InvalidPathException e) {
            return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}

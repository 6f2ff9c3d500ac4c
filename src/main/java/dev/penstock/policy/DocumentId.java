package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What tells documents apart.
 *
 * @param kind such as {@code PipelinePolicy}
 * @param namespace empty for what is cluster-wide
 */
public record DocumentId(String kind, String namespace, String name) {
    /** Of all documents. */
    public static final String GROUP = "penstock.dev";

    /** Of that group. */
    public static final String VERSION = "v1alpha1";

    /** Both, as a document has them. */
    public static final String API_VERSION = GROUP + "/" + VERSION;

    /** Of a document that may be no good otherwise; empty where it has no kind or name. */
    public static Optional<DocumentId> of(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        DocumentId id = new DocumentId(
                document.path("kind").asText(""),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
        return id.kind.isEmpty() || id.name.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /** Of a document that must be cluster-wide. */
    static DocumentId cluster(PolicyNode document, String kind) {
        if (!document.at("metadata").at("namespace").isAbsent()) {
            document.at("metadata")
                    .at("namespace")
                    .problem("must be left out: spec.namespaceSelector says where it applies");
        }
        return new DocumentId(kind, "", checkedName(document, kind));
    }

    /** Of a document that must be in a namespace. */
    static DocumentId namespaced(PolicyNode document, String kind) {
        String namespace = checked(document.at("metadata").at("namespace"), KubernetesNames::isDnsLabel, " and -");
        return new DocumentId(kind, namespace, checkedName(document, kind));
    }

    private static String checkedName(PolicyNode document, String kind) {
        document.only("apiVersion", "kind", "metadata", "spec", "status");
        expect(document.at("apiVersion"), API_VERSION);
        expect(document.at("kind"), kind);
        return checked(document.at("metadata").at("name"), KubernetesNames::isDnsSubdomain, ", - and .");
    }

    private static void expect(PolicyNode node, String value) {
        if (!node.requiredText().equals(value)) {
            node.problem("must be " + value);
        }
    }

    private static String checked(PolicyNode node, Predicate<String> isName, String marks) {
        String name = node.requiredText();
        if (!name.isEmpty() && !isName.test(name)) {
            node.problem("must be a name as Kubernetes has them: lower-case letters, digits" + marks);
        }
        return name;
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}

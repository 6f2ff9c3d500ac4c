package dev.penstock.policy;

import java.util.Map;

/** The labels of namespaces, as far as they are known. Thread-safe. */
@FunctionalInterface
public interface NamespaceLabels {
    /** The label that every namespace has: its name. */
    String NAME = "kubernetes.io/metadata.name";

    /** Where no cluster is watched: a namespace has the label of its name and no other. */
    NamespaceLabels OF_THE_NAME = namespace -> Map.of(NAME, namespace);

    /** The labels of a namespace; not to be written to, and best the same map as long as they do not change. */
    Map<String, String> of(String namespace);
}

package dev.penstock.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One thing that one may do, as RBAC tells them apart.
 *
 * @param resource with its group in front, and the subresource behind, such as {@code penstock.dev/pipelinepolicies/status}
 * @param name of the one object; {@code *} for any
 */
record Access(String verb, String resource, String name) implements Comparable<Access> {
    private static final String ANY = "*";

    /** All that a Role or ClusterRole grants. */
    static Set<Access> grantedBy(JsonNode role) {
        return elements(role.path("rules"))
                .flatMap(rule -> texts(rule, "verbs")
                        .flatMap(verb -> texts(rule, "apiGroups")
                                .flatMap(group -> texts(rule, "resources")
                                        .flatMap(resource -> names(rule)
                                                .map(name -> new Access(verb, group + "/" + resource, name))))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What a request needed.
     *
     * @param event of the audit log
     * @param granted where one of these does not name an object, the request need not have named it
     */
    static Access asked(JsonNode event, Collection<Access> granted) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        String resource = object.path("apiGroup").asText() + "/"
                + object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource);
        Access any = new Access(event.path("verb").asText(), resource, ANY);
        String name = object.path("name").asText();
        return granted.contains(any) || name.isEmpty() ? any : new Access(any.verb, resource, name);
    }

    /** The arguments with which kubectl tells whether the {@link Account} may do it. */
    List<String> canI() {
        String[] parts = resource.split("/", 3); // group, resource, subresource
        String type = parts[0].isEmpty() ? parts[1] : parts[1] + "." + parts[0];
        List<String> arguments = new ArrayList<>(
                List.of("auth", "can-i", verb, name.equals(ANY) ? type : type + "/" + name, "-n", "penstock-system"));
        if (parts.length > 2) {
            arguments.add("--subresource=" + parts[2]);
        }
        arguments.add("--as=" + Account.NAME);
        return arguments;
    }

    private static Stream<String> names(JsonNode rule) {
        return rule.has("resourceNames") ? texts(rule, "resourceNames") : Stream.of(ANY);
    }

    private static Stream<String> texts(JsonNode rule, String member) {
        return elements(rule.path(member)).map(JsonNode::asText);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public int compareTo(Access other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return resource + " " + verb + " " + name;
    }
}

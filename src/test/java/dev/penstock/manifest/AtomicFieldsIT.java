package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What server-side apply takes whole, as API servers say it themselves. */
@EachControlPlane
class AtomicFieldsIT {
    private static final String REFERENCE = "#/components/schemas/";

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private ControlPlane controlPlane;

    private final Set<String> atomic = new TreeSet<>();
    private final Set<String> atomicElements = new TreeSet<>();
    private final Set<String> granular = new TreeSet<>(); // maps and structs
    private JsonNode schemas = new ObjectMapper().nullNode();

    @Test
    void areThoseOfACronJob() throws Exception {
        schemas = new ObjectMapper()
                .readTree(controlPlane
                        .kubectl()
                        .mustRun(List.of("get", "--raw", "/openapi/v3/apis/batch/v1"), "")
                        .stdout())
                .at("/components/schemas");
        visit(schemas.path("io.k8s.api.batch.v1.CronJob"));
        // An older API server lacks some.
        assertThat(atomic).hasSizeGreaterThan(5);
        assertThat(Evidence.ATOMIC).containsAll(atomic).doesNotContainAnyElementsOf(granular);
        assertThat(atomicElements).isNotEmpty();
        assertThat(Evidence.ATOMIC_ELEMENTS).containsAll(atomicElements);
    }

    private void visit(JsonNode struct) {
        struct.path("properties").properties().forEach(property -> {
            JsonNode schema = resolved(property.getValue());
            if (schema.path("type").asText().equals("array")) {
                visitList(property.getKey(), schema);
            } else if (isAtomic(schema)) {
                atomic.add(property.getKey());
            } else if (schema.path("type").asText().equals("object")) {
                granular.add(property.getKey());
                visit(schema);
            }
        });
    }

    /** A list that does not say otherwise is taken whole. */
    private void visitList(String name, JsonNode list) {
        JsonNode element = resolved(list.path("items"));
        if (!list.path("x-kubernetes-list-type").asText().equals("map")) {
            return;
        }
        if (isAtomic(element)) {
            atomicElements.add(name);
        } else {
            visit(element);
        }
    }

    private static boolean isAtomic(JsonNode schema) {
        return schema.path("x-kubernetes-map-type").asText().equals("atomic");
    }

    /** What a property says itself stands beside the reference to its type. */
    private JsonNode resolved(JsonNode property) {
        JsonNode reference = property.at("/allOf/0/$ref");
        String name = reference.isMissingNode() ? property.path("$ref").asText() : reference.asText();
        boolean saysItself = property.has("x-kubernetes-map-type");
        return name.isEmpty() || saysItself ? property : schemas.path(name.substring(REFERENCE.length()));
    }
}

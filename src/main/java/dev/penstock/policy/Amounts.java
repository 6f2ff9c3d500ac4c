package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Default;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Quantity;
import dev.penstock.manifest.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Fills in requests and limits, of a container or of the pod, as far as they can stand beside those that are there. */
final class Amounts {
    private static final List<String> LIMITS = List.of("limits");
    private static final List<String> REQUESTS_OR_LIMITS = List.of("requests", "limits");

    private final Defaulter defaulter;
    private final Reason reason;
    private final EditableField podSpec;
    private final EditableField ofPod;

    Amounts(Defaulter defaulter, Reason reason) {
        this.defaulter = defaulter;
        this.reason = reason;
        this.podSpec = defaulter.cronJob().at(FieldPath.POD_SPEC);
        this.ofPod = podSpec.at("resources");
    }

    /** The limits first: what stands bounds what is filled in, and not what is itself about to change. */
    void fill(EditableField resources, JsonNode value) {
        fill(resources.at("limits"), value.path("limits"), resources.at("requests"));
        fill(resources.at("requests"), value.path("requests"), resources.at("limits"));
    }

    private void fill(EditableField target, JsonNode amounts, EditableField bounds) {
        for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
            EditableField field = target.at(amount.getKey());
            List<EditableField> others = others(field, amount.getValue());
            if (others.isEmpty()) {
                EditableField bound = bounds.at(amount.getKey());
                JsonNode value = defaulter.isSettled(bound)
                        ? bounded(field, amount.getValue(), bound.value())
                        : amount.getValue();
                defaulter.fill(Default.of(field, value, reason).after(bound));
            } else {
                others.forEach(other -> defaulter.dropBeside(field, other));
            }
        }
    }

    /** The author's amounts beside which it has no place: of the pod for a container, of its containers for the pod. */
    private List<EditableField> others(EditableField amount, JsonNode value) {
        EditableField holder = amount.parent().parent();
        String resource = amount.path().name();
        if (holder.path().equals(ofPod.path())) {
            return Quantity.parse(value.asText())
                    .map(quantity -> above(quantity, amount.parent().path().name(), resource))
                    .orElse(List.of());
        }
        return holder.parent().path().isElement()
                ? authors(ofPod, REQUESTS_OR_LIMITS, resource).toList()
                : List.of();
    }

    /**
     * Those of containers that are more: what all request that run together, sidecars too, or one that runs before them; and each
     * limit that is above the pod's.
     */
    private List<EditableField> above(Quantity amount, String kind, String resource) {
        List<EditableField> together = new ArrayList<>(podSpec.at("containers").elements());
        List<EditableField> before = new ArrayList<>();
        podSpec.at("initContainers")
                .elements()
                .forEach(container -> (isSidecar(container) ? together : before).add(container));
        List<EditableField> requests =
                together.stream().flatMap(one -> requested(one, resource)).toList();
        BigDecimal sum = requests.stream().map(Amounts::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(amount.amount()) > 0) {
            return requests;
        }
        Stream<EditableField> limits = kind.equals("limits")
                ? Stream.concat(together.stream(), before.stream())
                        .flatMap(one -> authors(one.at("resources"), LIMITS, resource))
                : Stream.empty();
        return Stream.concat(limits, before.stream().flatMap(one -> requested(one, resource)))
                .filter(alone -> amount(alone).compareTo(amount.amount()) > 0)
                .toList();
    }

    private static boolean isSidecar(EditableField initContainer) {
        return initContainer.at("restartPolicy").value().asText().equals("Always");
    }

    /** The author's request of a container, for which Kubernetes takes the limit where there is none. */
    private Stream<EditableField> requested(EditableField container, String resource) {
        return authors(container.at("resources"), REQUESTS_OR_LIMITS, resource).limit(1);
    }

    private Stream<EditableField> authors(EditableField resources, List<String> kinds, String resource) {
        return kinds.stream().map(kind -> resources.at(kind).at(resource)).filter(defaulter::isAuthors);
    }

    private static BigDecimal amount(EditableField field) {
        return Quantity.parse(field.value().asText()).map(Quantity::amount).orElse(BigDecimal.ZERO);
    }

    /** A request is never filled above the limit that stands, nor a limit below the request, and some only with the same. */
    private static JsonNode bounded(EditableField field, JsonNode value, JsonNode other) {
        Optional<Quantity> bound = Quantity.parse(other.asText());
        Optional<Quantity> amount = Quantity.parse(value.asText());
        if (bound.isEmpty() || amount.isEmpty()) {
            return value;
        }
        int comparison = amount.get().compareTo(bound.get());
        boolean fits = !KubernetesNames.isOvercommitted(field.path().name())
                ? comparison == 0
                : field.parent().path().name().equals("limits") ? comparison >= 0 : comparison <= 0;
        return fits ? value : other;
    }
}

package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.manifest.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much of a resource a pod holds: the sum over its containers, or what one of its init containers needs while it runs,
 * if that is more. An init container that is restarted always is a sidecar: it goes on beside those after it.
 *
 * <p>Source: {@code PodLimits} in Kubernetes' {@code component-helpers/resource}.
 */
final class PodAmount {
    private static final Optional<String> ALWAYS = Optional.of("Always");

    private PodAmount() {}

    /** Of a resource whose limit is its request, as an accelerator's is. */
    static BigDecimal of(Field podSpec, String resource) {
        BigDecimal sidecars = BigDecimal.ZERO;
        BigDecimal starting = BigDecimal.ZERO;
        for (Field container : podSpec.at("initContainers").elements()) {
            BigDecimal amount = amount(container, resource);
            if (container.at("restartPolicy").asText().equals(ALWAYS)) {
                sidecars = sidecars.add(amount);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.add(amount));
            }
        }
        BigDecimal running = sidecars;
        for (Field container : podSpec.at("containers").elements()) {
            running = running.add(amount(container, resource));
        }
        return running.max(starting);
    }

    private static BigDecimal amount(Field container, String resource) {
        Field resources = container.at("resources");
        return Amount.of(resources.at("limits", resource))
                .or(() -> Amount.of(resources.at("requests", resource)))
                .map(Amount::quantity)
                .map(Quantity::amount)
                .orElse(BigDecimal.ZERO);
    }
}

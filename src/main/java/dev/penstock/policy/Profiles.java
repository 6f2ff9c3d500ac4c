package dev.penstock.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Named variants of a policy, of which a pipeline's label chooses one. */
public final class Profiles {
    /** The values of the label that choose none. */
    public static final List<String> NONE = List.of("default", "true");

    // docs/metrics.md: the profile of what chooses none that could be named.
    private static final Set<String> OF_METRICS = Set.of("none", "other", "unknown");

    private Profiles() {}

    static Map<String, Layer> read(PolicyNode profiles, Function<PolicyNode, Layer> reader) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        profiles.members().forEach((name, profile) -> {
            if (NONE.contains(name)) {
                profile.problem("no profile can be called so: the label's value " + name + " chooses none");
            } else if (OF_METRICS.contains(name)) {
                profile.problem("no profile can be called so: metrics have " + name + " for something else");
            } else if (name.isEmpty() || !KubernetesNames.isLabelValue(name)) {
                profile.problem("must be called as a label's value can be: letters, digits, -, _ and ., at most 63");
            }
            layers.put(name, reader.apply(profile));
        });
        return layers;
    }
}

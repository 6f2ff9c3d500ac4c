package dev.penstock.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Named variants of a policy, of which a pipeline's label chooses one. */
public final class Profiles {
    /** What metrics call the profile of a pipeline that chooses none; also a value of the label that does. */
    public static final String DEFAULT = "default";

    /** The values of the label that choose none. */
    public static final List<String> NONE = List.of(DEFAULT, "true");

    /** What metrics call that of a pipeline which names one that no policy has. */
    public static final String UNKNOWN = "unknown";

    /** What metrics call that of what is no pipeline, or came to no review. */
    public static final String ABSENT = "none";

    /** What metrics call those of which there are too many to tell them apart. */
    public static final String OTHER = "other";

    private static final Set<String> OF_METRICS = Set.of(ABSENT, OTHER, UNKNOWN);

    private Profiles() {}

    static Map<String, Layer> read(PolicyNode profiles, Function<PolicyNode, Layer> reader) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        profiles.members().forEach((name, profile) -> {
            if (NONE.contains(name)) {
                profile.problem("no profile can be called so: the label's value " + name + " chooses none");
            } else if (OF_METRICS.contains(name)) {
                profile.problem("no profile can be called so: metrics have " + name + " for something else");
            } else if (name.isEmpty() || !KubernetesNames.isLabelValue(name)) {
                profile.problem("must be called as a label's value can be: " + KubernetesNames.LABEL_VALUE_FORM);
            }
            layers.put(name, reader.apply(profile));
        });
        return layers;
    }
}

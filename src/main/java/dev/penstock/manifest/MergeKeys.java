package dev.penstock.manifest;

import java.util.Map;
import java.util.Optional;

/** By what Kubernetes tells the elements of a list apart. */
public final class MergeKeys {
    // The patchMergeKey tags of k8s.io/api core/v1 PodSpec, Container and ObjectMeta, by the list's name, which is
    // unambiguous within a CronJob.
    private static final Map<String, Optional<String>> BY_LIST = Map.ofEntries(
            Map.entry("containers", Optional.of("name")),
            Map.entry("initContainers", Optional.of("name")),
            Map.entry("env", Optional.of("name")),
            Map.entry("volumes", Optional.of("name")),
            Map.entry("imagePullSecrets", Optional.of("name")),
            Map.entry("claims", Optional.of("name")),
            Map.entry("resourceClaims", Optional.of("name")),
            Map.entry("schedulingGates", Optional.of("name")),
            Map.entry("volumeMounts", Optional.of("mountPath")),
            Map.entry("volumeDevices", Optional.of("devicePath")),
            Map.entry("ports", Optional.of("containerPort")),
            Map.entry("hostAliases", Optional.of("ip")),
            Map.entry("topologySpreadConstraints", Optional.of("topologyKey")),
            Map.entry("ownerReferences", Optional.of("uid")));

    private MergeKeys() {}

    /** The member that tells the elements of the list of this name apart; empty where the list is taken whole. */
    public static Optional<String> of(String list) {
        return BY_LIST.getOrDefault(list, Optional.empty());
    }
}

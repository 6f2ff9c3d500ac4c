package dev.penstock.manifest;

import java.util.Map;
import java.util.Optional;

/** By what Kubernetes tells the elements of a list apart. */
public final class MergeKeys {
    // The patchMergeKey tags of k8s.io/api core/v1 PodSpec, Container and ObjectMeta, by the list's name, which is
    // unambiguous within a CronJob.
    private static final Map<String, String> BY_LIST = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("claims", "name"),
            Map.entry("resourceClaims", "name"),
            Map.entry("schedulingGates", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("ports", "containerPort"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("ownerReferences", "uid"));

    private MergeKeys() {}

    /** The member that tells the elements of the list of this name apart; empty where the list is taken whole. */
    public static Optional<String> of(String list) {
        return Optional.ofNullable(BY_LIST.get(list));
    }
}

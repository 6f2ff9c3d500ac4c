package dev.penstock.policy;

import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.HashedSchedule;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.MergeKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through the partial CronJob of a document for what could come right in no pipeline, or contradicts what Penstock does
 * by itself.
 */
final class PartialCronJob {
    // Elements with the same key may differ in another: ContainerPort's protocol, whenUnsatisfiable.
    private static final Set<String> KEY_IS_NOT_ALL = Set.of("ports", "topologySpreadConstraints");
    private static final List<List<String>> METADATA =
            List.of(List.of(), List.of("spec", "jobTemplate"), List.of("spec", "jobTemplate", "spec", "template"));

    private PartialCronJob() {}

    static void check(PolicyNode defaults) {
        defaults.only("metadata", "spec");
        defaults.at("metadata").only("labels", "annotations");
        CronJobModel.checkSpec(defaults.at("spec"));
        defaults.checkPlaceholders();
        METADATA.forEach(holder -> metadata(defaults.at(holder).at("metadata")));
        schedule(defaults.at("spec").at("schedule"));
        podSpec(defaults.at(List.of("spec", "jobTemplate", "spec", "template", "spec")));
        lists(defaults);
    }

    private static void metadata(PolicyNode metadata) {
        for (String map : List.of("labels", "annotations")) {
            metadata.at(map).members().forEach((key, value) -> {
                value.text("");
                if (key.startsWith(Intent.OURS)) {
                    value.problem("must be left out: by " + Intent.OURS + " an author speaks to Penstock");
                }
            });
        }
    }

    private static void schedule(PolicyNode node) {
        String schedule = node.text("");
        if (schedule.isEmpty() || schedule.contains("${")) {
            return; // nothing to read yet
        }
        if (HashedSchedule.isHashed(schedule)) {
            if (HashedSchedule.resolve(schedule, "", "") instanceof HashedSchedule.Refused refused) {
                node.problem("no schedule: " + refused.why());
            }
        } else if (CronSchedule.parse(schedule) instanceof CronSchedule.Refused refused) {
            node.problem("no schedule: " + refused.why());
        }
    }

    private static void podSpec(PolicyNode podSpec) {
        for (String list : FieldPath.CONTAINER_LISTS) {
            podSpec.at(list).elements().stream().filter(PolicyNode::isObject).forEach(PartialCronJob::container);
        }
    }

    private static void container(PolicyNode container) {
        PolicyNode name = container.at("name");
        boolean hasImage = !container.at("image").isAbsent();
        if (name.written().equals(Overlay.EVERY)) {
            if (hasImage) {
                container.at("image").problem("must be left out: the image is each container's own");
            }
        } else if (name.written().contains(Overlay.EVERY)) {
            name.problem(KubernetesNames.CONTAINER + "; only \"" + Overlay.EVERY
                    + "\" alone stands for those that are there");
        } else {
            named(name);
            if (!hasImage) {
                container
                        .at("image")
                        .problem("must be given: the container is added where a manifest has none of its name; \""
                                + Overlay.EVERY + "\" stands for those that are there");
            }
        }
        if (!container.at("imagePullPolicy").isAbsent()) {
            container
                    .at("imagePullPolicy")
                    .problem("must be left out: it follows from the image; image.mutableTags names tags that move");
        }
    }

    private static void named(PolicyNode node) {
        String name = node.written();
        if (!name.isEmpty() && !name.contains("${") && !KubernetesNames.isDnsLabel(name)) {
            node.problem(KubernetesNames.CONTAINER);
        }
    }

    /** Everything below that is a list whose elements are told apart by a key. */
    private static void lists(PolicyNode node) {
        if (node.isObject()) {
            for (Map.Entry<String, PolicyNode> member : node.members().entrySet()) {
                MergeKeys.of(member.getKey())
                        .filter(key -> member.getValue().isList())
                        .ifPresent(key -> keys(member.getKey(), member.getValue(), key));
                lists(member.getValue());
            }
        } else if (node.isList()) {
            node.elements().forEach(PartialCronJob::lists);
        }
    }

    private static void keys(String list, PolicyNode elements, String key) {
        Set<String> seen = new HashSet<>();
        for (PolicyNode element : elements.elements()) {
            PolicyNode node = element.at(key);
            String name = node.written();
            if (!element.isObject()) {
                element.problem("must be an object");
            } else if (name.isEmpty()) {
                node.problem("must be given: it tells the elements of " + list + " apart");
            } else if (!seen.add(name) && !KEY_IS_NOT_ALL.contains(list)) {
                node.problem("is there twice");
            } else if (name.equals(Overlay.EVERY) && !FieldPath.CONTAINER_LISTS.contains(list)) {
                node.problem("only a container may be called \"" + Overlay.EVERY + "\"");
            }
        }
    }
}

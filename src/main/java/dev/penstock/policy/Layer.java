package dev.penstock.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.image.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one document says, in general or of one profile. What is null it leaves to others.
 *
 * @param containerName what a container is called that is made because a manifest has none
 * @param task of a pipeline whose manifest names none
 * @param arguments of the main container, with placeholders; an empty list says that there are none
 * @param imageTag what an untagged image gets
 * @param mutableTags tags that move, beside those of others
 * @param defaults a partial CronJob; not to be written to
 * @param rules settings by the rule's id; their parameters are the rules' to check; not to be written to
 */
public record Layer(
        @Nullable String containerName,
        @Nullable String task,
        @Nullable List<String> arguments,
        @Nullable String imageTag,
        Set<String> mutableTags,
        ObjectNode defaults,
        Map<String, ObjectNode> rules) {
    /** Reads what the node says of this; which keys it may have is the document's to say. */
    static Layer read(PolicyNode node) {
        PolicyNode arguments = node.at("arguments");
        PolicyNode image = node.at("image");
        arguments.checkPlaceholders();
        PartialCronJob.check(node.at("defaults"));
        return new Layer(
                containerName(node.at("containerName")),
                task(node.at("task")),
                arguments.isAbsent() ? null : arguments.texts(List.of()),
                tag(image.at("tag")),
                mutableTags(image.at("mutableTags")),
                node.at("defaults").object(),
                rules(node.at("rules")));
    }

    /** An empty text says nothing, as where a typed client writes the document. */
    private static @Nullable String text(PolicyNode node) {
        return Optional.of(node.text("")).filter(text -> !text.isEmpty()).orElse(null);
    }

    /** As it is, it becomes an argument, or a part of one. */
    private static @Nullable String task(PolicyNode node) {
        String task = text(node);
        if (task != null && task.contains("${")) {
            node.problem("must be without ${: it is what ${task} stands for, and nothing is put into it");
        }
        if (task != null && !task.equals(task.strip())) {
            node.problem("must be without a blank or the end of a line around it");
        }
        return task;
    }

    private static @Nullable String containerName(PolicyNode node) {
        String name = text(node);
        if (name != null && !KubernetesNames.isDnsLabel(name)) {
            node.problem(KubernetesNames.CONTAINER);
        }
        return name;
    }

    private static @Nullable String tag(PolicyNode node) {
        String tag = text(node);
        if (tag != null) {
            checkTag(node, tag);
        }
        return tag;
    }

    private static Set<String> mutableTags(PolicyNode node) {
        List<String> tags = node.texts(List.of());
        tags.forEach(tag -> checkTag(node, tag));
        return Set.copyOf(tags);
    }

    private static void checkTag(PolicyNode node, String tag) {
        if (ImageReference.parse("image:" + tag)
                .flatMap(ImageReference::tag)
                .filter(tag::equals)
                .isEmpty()) {
            node.problem("no tag of an image: letters, digits, _, . and -, at most 128");
        }
    }

    private static Map<String, ObjectNode> rules(PolicyNode rules) {
        Map<String, ObjectNode> settings = new LinkedHashMap<>();
        rules.members().forEach((id, setting) -> {
            ObjectNode said = setting.object().deepCopy();
            said.removeNulls(); // as the API server does it
            settings.put(id, said);
            if (said.has("action")) {
                setting.at("action").action();
            }
        });
        return settings;
    }
}

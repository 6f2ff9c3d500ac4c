package dev.penstock.policy;

import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What applies to a pipeline: all that the documents of its namespace say, and the built-in policy below them. Of what only
 * one can give, the first that says anything gives it.
 *
 * <p>Immutable and thread-safe.
 */
public final class EffectivePolicy {
    private final List<Said> said;
    private final String containerName;
    private final String task;
    private final @Nullable Arguments arguments;
    private final @Nullable String imageTag;
    private final Set<String> mutableTags;
    private final List<Overlay> defaults;
    private final List<String> policies;
    private final Map<String, List<RuleSetting>> rules;
    private final SortedSet<String> profiles;

    /** What a document says, in general or of a profile, and where it comes from. */
    record Said(Layer layer, Reason reason) {}

    /**
     * The arguments of the main container.
     *
     * @param texts at least one, with placeholders
     * @param reason where they come from
     */
    public record Arguments(List<String> texts, Reason reason) {}

    /**
     * @param said the first word first, the built-in policy's last
     * @param rules the settings of each rule by its id
     * @param profiles that a pipeline's label may name
     */
    EffectivePolicy(List<Said> said, Map<String, List<RuleSetting>> rules, SortedSet<String> profiles) {
        this.said = said;
        this.containerName = Objects.requireNonNull(first(said, Layer::containerName), "the built-in policy has one");
        this.task = Objects.requireNonNull(first(said, Layer::task), "the built-in policy has one");
        this.arguments = said.stream()
                .filter(one -> one.layer().arguments() != null)
                .findFirst()
                .map(EffectivePolicy::arguments)
                .orElse(null);
        this.imageTag = first(said, Layer::imageTag);
        this.mutableTags = said.stream()
                .flatMap(one -> one.layer().mutableTags().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.defaults = said.stream()
                .filter(one -> !one.layer().defaults().isEmpty())
                .map(one -> new Overlay(one.layer().defaults(), one.reason()))
                .toList();
        this.policies = said.stream()
                .map(Said::reason)
                .filter(Reason.Policy.class::isInstance)
                .map(reason -> ((Reason.Policy) reason).name())
                .distinct()
                .toList();
        this.rules = rules;
        this.profiles = profiles;
    }

    private static @Nullable String first(List<Said> said, Function<Layer, @Nullable String> part) {
        return said.stream()
                .map(one -> part.apply(one.layer()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Arguments arguments(Said said) {
        List<String> texts = said.layer().arguments();
        return texts == null || texts.isEmpty() ? null : new Arguments(texts, said.reason());
    }

    /** Every value, with where it comes from, for people who ask. */
    public List<PolicyValue> values() {
        return PolicyValue.of(said);
    }

    /** What a container is called that is made because the manifest has none. */
    public String containerName() {
        return containerName;
    }

    /** The task of a pipeline whose manifest names none. */
    public String task() {
        return task;
    }

    /** Where the {@linkplain #task() task} comes from. */
    public Reason taskReason() {
        return said.stream()
                .filter(one -> one.layer().task() != null)
                .findFirst()
                .orElseThrow() // the built-in policy has one
                .reason();
    }

    /** The arguments of the main container; empty where there are none. */
    public Optional<Arguments> arguments() {
        return Optional.ofNullable(arguments);
    }

    /**
     * Fills in what the author left out and the documents name.
     *
     * <p>Containers first, all of them: what one document says of every container is meant for those of another, too, and would
     * reach them at the next review. And what no document names any more goes, before anything else follows from it.
     */
    public void layUnder(Defaulter defaulter, Placeholders placeholders) {
        defaults.forEach(overlay -> overlay.addContainers(defaulter, placeholders));
        Overlay.containerLists(defaulter.cronJob()).forEach(defaulter::settleContainers);
        defaults.forEach(overlay -> overlay.layUnder(defaulter, placeholders, this::completed));
        defaults.forEach(overlay -> overlay.layIntoContainers(defaulter, placeholders, this::completed));
        defaulter.settleLaid();
    }

    /** The settings of the rule, each of which is to be checked; none where there is no such rule. */
    public List<RuleSetting> settings(String rule) {
        return rules.getOrDefault(rule, List.of());
    }

    /** The profiles that a pipeline's label may name, sorted; not to be written to. */
    public SortedSet<String> profiles() {
        return profiles;
    }

    /** The names of the policies, the first word first, the built-in policy's last. */
    public List<String> policies() {
        return policies;
    }

    /** The image with the policy's tag, where it has neither tag nor digest and the policy names a tag; else as it is. */
    public String completed(String image) {
        String tag = imageTag;
        return tag == null
                ? image
                : ImageReference.parse(image)
                        .filter(ImageReference::isUntagged)
                        .map(untagged -> untagged.withTag(tag).toString())
                        .orElse(image);
    }

    /** Whether what the reference names can change: its tag moves, and no digest fixes it. */
    public boolean isMutable(ImageReference reference) {
        String tag = reference.tag().orElse(ImageReference.LATEST);
        return reference.digest().isEmpty() && (tag.equals(ImageReference.LATEST) || mutableTags.contains(tag));
    }
}

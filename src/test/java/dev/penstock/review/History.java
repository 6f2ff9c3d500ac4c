package dev.penstock.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import io.fabric8.zjsonpatch.JsonPatch;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The life of one pipeline, step by step, each of which is checked. */
final class History {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Cluster cluster = new Cluster(this::admit);
    private final Written written = new Written();
    private final Set<List<String>> left =
            new HashSet<>(); // containers that no manifest has any more: none says the same
    private Reviewer reviewer;
    private ObjectNode sent = JsonNodeFactory.instance.objectNode(); // the last that the webhook was asked of
    private List<String> told = List.of();
    private int happened;
    private int compared;

    History(List<PolicyDocument> documents) throws InvalidPolicyException {
        reviewer = RandomReview.reviewer(documents);
    }

    Optional<ObjectNode> stored() {
        return cluster.stored();
    }

    /** What the author was told at the last request. */
    List<String> told() {
        return told;
    }

    /** How many requests came to something. */
    int happened() {
        return happened;
    }

    /** How often all of the object was compared with what a new pipeline would be. */
    int compared() {
        return compared;
    }

    /** @throws AssertionError where what must hold does not */
    void take(Step step) throws InvalidPolicyException {
        if (step.documents() != null) {
            reviewer = RandomReview.reviewer(step.documents());
            return;
        }
        ObjectNode before = cluster.stored().orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode wroteBefore = written.tree();
        Ownership owners = cluster.ownership();
        if (cluster.isHalfMoved() || !happens(step, before)) {
            return;
        }
        happened++;
        ObjectNode after = cluster.stored().orElseThrow();
        written.forgetGone(after);
        noteLeft(wroteBefore);
        if (step.verb() == Step.Verb.PUT && !before.isEmpty()) {
            written.doubt(before, wroteBefore);
        }
        if (step.verb() == Step.Verb.PUT || step.verb() == Step.Verb.REMOVE) {
            written.doubtDefaults(before, after);
        }
        Checks checks = new Checks(cluster, written, before, after);
        checks.whatWasWrittenStands(step);
        boolean applier = owners.appliers().contains(step.manager());
        boolean speaks = before.isEmpty()
                || (step.verb() != Step.Verb.EDIT && step.verb() != Step.Verb.REMOVE && step.verb() != Step.Verb.PUT)
                || applier
                || addressesUs(step, before);
        if (speaks && !written.hasEdited() && left.isEmpty()) {
            fresh(step, after).ifPresent(fresh -> {
                compared++;
                checks.nothingElseDiffers(step, fresh);
            });
        } else if (step.verb() == Step.Verb.EDIT && !speaks) {
            checks.onlyWhatWasAskedChanged(step, sent);
        }
    }

    /** Notes each container that an author gave up and the server left, since a field was filled into another client's request. */
    private void noteLeft(ObjectNode wroteBefore) {
        Keyed.paths(sent, true).stream()
                .filter(path -> path.size() == 7 && path.get(6).startsWith("k:"))
                .filter(path -> !Keyed.get(wroteBefore, path).isMissingNode())
                .forEach(left::add);
        left.removeIf(path ->
                Keyed.get(sent, path).isMissingNode() || !written.at(path).isMissingNode());
    }

    /** Whether it changes what the pipeline says to Penstock. */
    private static boolean addressesUs(Step step, ObjectNode before) {
        return step.verb() == Step.Verb.EDIT
                && Keyed.paths(step.manifest(), false).stream()
                        .filter(path -> path.get(path.size() - 1).startsWith("f:penstock.dev/"))
                        .anyMatch(path -> !Keyed.get(step.manifest(), path).equals(Keyed.get(before, path)));
    }

    /** Whether something came of it. */
    private boolean happens(Step step, ObjectNode before) {
        ObjectNode manifest = step.manifest();
        String manager = step.manager();
        Optional<UnaryOperator<ObjectNode>> effect = switch (step.verb()) {
            case PUT -> cluster.put(manager, manifest);
            case CLIENT_APPLY -> cluster.applyByClient(manifest);
            case KUBECTL_APPLY -> cluster.applyByKubectl(manifest);
            case SERVER_APPLY -> cluster.apply(manager, manifest);
            case EDIT -> hasAll(before, manifest) ? cluster.patch(manager, manifest) : Optional.empty();
            case REMOVE -> hasAll(before, manifest) ? cluster.remove(manager, Checks.last(manifest)) : Optional.empty();
            case POLICY -> Optional.empty();
        };
        effect.ifPresent(change -> {
            switch (step.verb()) {
                case EDIT -> written.edit(manifest, before, cluster);
                case REMOVE -> written.remove(Checks.last(manifest));
                default -> written.manifest(change, manifest, cluster.ownership());
            }
        });
        return effect.isPresent();
    }

    /** Whether the containers are there of which the patch speaks. */
    private static boolean hasAll(ObjectNode live, ObjectNode partial) {
        return !live.isEmpty()
                && Keyed.paths(partial, false).stream()
                        .flatMap(path -> Written.container(path).stream())
                        .noneMatch(container -> Keyed.get(live, container).isMissingNode());
    }

    private Optional<ObjectNode> fresh(Step step, ObjectNode after) {
        ObjectNode manifest = Checks.asItStands(written.tree(), step.manifest(), after);
        Verdict verdict = reviewer.mutate(new Review(manifest, null, "ml", new Review.File(), NOW));
        return Optional.of(ApiServer.filled(Wire.decoded(manifest)))
                .filter(fresh -> !verdict.isDenied() && Cluster.isValid(fresh) && !Volumes.isOneKept(after, fresh));
    }

    private Optional<ObjectNode> admit(ObjectNode object, @Nullable ObjectNode old, String manager) {
        sent = object.deepCopy();
        ObjectNode result = object.deepCopy();
        Verdict verdict = review(result, old, manager);
        if (verdict.isDenied()) {
            return Optional.empty();
        }
        told = verdict.notices().stream().map(Notice::text).toList();
        Checks.equal("the patch makes the object", JsonPatch.apply(verdict.patch(), object), result);
        ObjectNode stored = ApiServer.filled(Wire.decoded(result));
        if (!Cluster.isValid(stored)) {
            if (!losesOurImage(stored, old)) {
                Checks.equal("a valid object stays valid: " + stored, Cluster.isValid(object), false);
            }
            return Optional.empty();
        }
        changesNothing("a reinvocation", stored, old, manager);
        changesNothing("an update that changes nothing", stored, stored, "");
        changesNothing("an apply that changes nothing", stored, stored, manager);
        return Optional.of(stored);
    }

    /** Whether a container has no image any more that had one of ours, which nothing names now: the API server asks for one. */
    private static boolean losesOurImage(ObjectNode stored, @Nullable ObjectNode old) {
        if (old == null) {
            return false;
        }
        String remembered =
                old.at("/metadata/annotations/penstock.dev~1defaulted").asText();
        return Stream.of("initContainers", "containers")
                .flatMap(list -> Yaml.podSpec(stored).path(list).valueStream())
                .filter(container -> container.path("image").isMissingNode())
                .map(container -> container.path("name").asText())
                .anyMatch(name -> remembered.contains("ontainers[" + name + "].image\":"));
    }

    private Verdict review(ObjectNode object, @Nullable ObjectNode old, String manager) {
        return reviewer.mutate(new Review(object, old, "ml", new Review.Request(manager), NOW));
    }

    private void changesNothing(String what, ObjectNode object, @Nullable ObjectNode old, String manager) {
        Verdict again = review(object.deepCopy(), old, manager);
        Checks.equal(what + " is allowed", again.isDenied(), false);
        Checks.equal(what + " changes nothing", again.patch(), JsonNodeFactory.instance.arrayNode());
        JsonNode remembered = object.at("/metadata/annotations/penstock.dev~1defaulted");
        Checks.equal(what + " remembers the same", again.defaulted(), remembered.asText(""));
        List<String> warnings = again.notices().stream()
                .map(notice -> notice.path() + " " + notice.text())
                .filter(line -> !line.contains("is not used") && !line.contains("penstock.dev/keep"))
                .toList();
        if (old != null && old.equals(object)) {
            Checks.equal(what + " warns of nothing", warnings, List.of());
        }
    }
}

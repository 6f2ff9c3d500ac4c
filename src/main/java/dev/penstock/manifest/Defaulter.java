package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes defaults into a manifest by what its author meant, and remembers where each came from. It is the only way to write:
 * what the author wrote is neither changed nor removed, and what Penstock wrote before follows what it would write now.
 *
 * <p>The numbers are those of the rules in {@code docs/adr/0004-intent.md}; those about reading are in {@link Intent}.
 *
 * <p>Not thread-safe: one review, one defaulter.
 */
public final class Defaulter {
    private static final int SHOWN = 3; // of many paths

    private final Manifest manifest;
    private final Intent intent;
    private final Map<String, String> sources = new HashMap<>(); // what is to be remembered
    private final Set<String> settled = new HashSet<>(); // the paths that were decided on in this review
    private final Notices notices;
    private String remembered = "";

    /** @param secret whether a value at a path is not to be shown to anyone */
    public Defaulter(Manifest manifest, Intent intent, BiPredicate<FieldPath, JsonNode> secret) {
        this.manifest = manifest;
        this.intent = intent;
        this.notices = new Notices(intent, secret);
    }

    public EditableField cronJob() {
        return manifest.edit();
    }

    public Intent intent() {
        return intent;
    }

    /** What the author should know, in order. */
    public List<Notice> notices() {
        return notices.list();
    }

    /** Tells the author something about a field. */
    public void tell(Field field, String text) {
        notices.tell(field, text);
    }

    /** Whether the request brings the author's manifest, rather than an edit. */
    public boolean manifestSpeaks() {
        return intent.speaks();
    }

    // ---- 9. What an apply leaves there ----------------------------------------------------------------------

    /**
     * Puts into a manifest that comes straight from its author what an apply of it leaves in the object that is there: what
     * Penstock had filled in, and decisions that nothing else proves. To be done before anything is filled in.
     */
    public void carryOver() {
        if (!intent.remembered().isEmpty()) {
            carryOver(Field.of(intent.before(cronJob())));
        }
    }

    /** In the order of the old object: that of a list has a meaning. */
    private void carryOver(Field before) {
        String path = before.path().stable();
        boolean carried = intent.remembered()
                .source(path)
                .filter(source -> Reason.rawForm(source).isEmpty()) // what was completed the manifest has, halfway
                .isPresent();
        if (carried && before.isPresent()) {
            leave(place(path), before.value());
        }
        if (before.path().isElement() && place(path).isAbsent()) {
            return; // and with the element all that was filled into it
        }
        if (before.value().isObject()) {
            before.members().forEach(this::carryOver);
        } else if (before.value().isArray()
                && MergeKeys.of(before.path().name()).isPresent()) { // others are taken whole
            before.elements().forEach(this::carryOver);
        }
    }

    private static void leave(EditableField field, JsonNode value) {
        if (field.isAbsent()) {
            boolean isContainer = field.path().isContainer(); // what is in it has entries of its own
            field.leave(isContainer ? named(field) : value);
        }
    }

    /** Where the stable path leads, be it there or not. */
    private EditableField place(String path) {
        EditableField field = cronJob();
        for (String name : FieldPath.names(path)) {
            boolean isList = MergeKeys.of(field.path().name()).isPresent();
            field = isList ? field.element(name) : field.at(name);
        }
        return field;
    }

    /** What was left there, and stays as it is, is a change against the manifest. */
    private void reportCarriedOver() {
        for (String path : manifest.left()) {
            String source = sources.get(path);
            EditableField field = place(path);
            if (source != null && !Reason.author().toString().equals(source) && !manifest.isChanged(field.path())) {
                JsonNode value = field.path().isContainer()
                        ? named(field)
                        : field.value().deepCopy();
                manifest.record(new Change(field.path(), MissingNode.getInstance(), value, Reason.remembered(source)));
            }
        }
    }

    // ---- 3. The containers that we make ---------------------------------------------------------------------

    /** Makes the element of this key, unless it is there or the author wants it left out. */
    public void make(EditableField list, String name) {
        EditableField element = list.element(name);
        if (element.isAbsent()) {
            if (intent.keep().names(element.path())) {
                return;
            }
            boolean first = list.path().name().equals("containers"); // the main one; init containers run in order
            element = list.insert(first ? 0 : list.elements().size(), named(element), Reason.made());
            intent.put(element, Reason.made());
        }
        claim(element, Reason.made());
    }

    /** Takes away an element that was made, whatever was changed in it since. */
    public void unmake(EditableField element) {
        if (intent.remembered().isMade(element.path().stable())
                && !intent.keep().names(element.path())) {
            tell(
                    element,
                    "goes again: annotations no longer make " + element.path().name() + " here");
            element.remove(Reason.gone(Reason.made().toString()));
        }
    }

    /** Puts these elements behind all others of the list, in this order. An edit that leaves the list alone leaves it so. */
    public void putLast(EditableField list, List<String> names) {
        if (!intent.isUntouched(list)) {
            list.moveLast(names);
        }
    }

    /** Whether the element was made for want of another, in this review or before. */
    public boolean hasMade(EditableField element) {
        return !sources.isEmpty()
                && Reason.made().toString().equals(sources.get(element.path().stable()));
    }

    /** Whether a value that the defaults of policies or teams filled in, in this review or before, holds this text. */
    public boolean hasFilledIn(String text) {
        String json = TextNode.valueOf(text).toString();
        String within = json.substring(1, json.length() - 1);
        return sources.entrySet().stream()
                .filter(entry -> Reason.isLaid(entry.getValue()))
                .flatMap(entry -> cronJob().find(entry.getKey()).stream())
                .filter(field -> !field.path().isContainer()) // what is in it has entries of its own
                .anyMatch(field -> field.value().toString().contains(within));
    }

    /** Puts an element of this key behind the others because of this, where there is none and the author does not want it left out. */
    public void ensure(EditableField list, String name, Reason reason) {
        EditableField element = list.element(name);
        if (element.isAbsent()) {
            if (intent.isUntouched(element) || intent.keep().names(element.path())) {
                return;
            }
            element.set(named(element), reason);
            intent.put(element, reason);
            settled.remove(element.path().stable()); // one of its name may just have gone
        }
        claim(element, reason);
    }

    /** Of the element nothing but what it is called. */
    private static JsonNode named(EditableField element) {
        String key = MergeKeys.of(element.parent().path().name()).orElseThrow();
        return JsonNodeFactory.instance.objectNode().put(key, element.path().name());
    }

    /** Notes where the element came from, if it is one that Penstock put there. */
    private void claim(EditableField element, Reason reason) {
        String path = element.path().stable();
        if (intent.isRemembered(element) && !intent.isApplied(element) && settled.add(path)) {
            sources.put(path, reason.toString());
            intent.put(element, reason);
        }
    }

    // ---- 4. Completion --------------------------------------------------------------------------------------

    /**
     * Completes what the author wrote halfway.
     *
     * @param completion what becomes of a text; the same text where it is whole
     */
    public void complete(EditableField field, UnaryOperator<String> completion) {
        String written = field.asText().orElse("");
        String completed = completion.apply(written);
        String path = field.path().stable();
        if (sources.containsKey(path) || intent.keep().names(field.path())) {
            return; // filled in just now, and whole; or to be left as it is
        }
        settled.add(path);
        if (isCarried(field, completed.equals(written))) {
            carry(field, intent.remembered());
        } else if (!intent.isUntouched(field) && !completed.equals(written)) {
            field.set(JsonNodeFactory.instance.textNode(completed), Reason.completed(written));
            if (!intent.isLastApplied(field)) {
                sources.put(path, Reason.completed(written).toString());
            }
            notices.completed(field, written);
        } else {
            intent.rawForm(field, completion) // known from the first pass, or from before
                    .filter(raw -> !raw.equals(written)) // sent again, and whole by now
                    .ifPresent(raw -> sources.put(path, Reason.completed(raw).toString()));
        }
    }

    /** Whether what is remembered stands: an edit left the text alone, or it is ours and whole, and nothing names another. */
    private boolean isCarried(EditableField field, boolean whole) {
        String path = field.path().stable();
        boolean stands = intent.isUntouched(field) || (whole && intent.wasOurs(field) && !intent.isApplied(field));
        return stands && intent.remembered().source(path).isPresent() && intent.isRememberedStill(path);
    }

    /** The text as the author sent it, in this request or before: without what completed it, and empty where it is ours. */
    public String asSent(EditableField field) {
        String source = sources.get(field.path().stable());
        return source == null
                ? manifest.asSent(field).asText("")
                : Reason.rawForm(source).orElse("");
    }

    // ---- 7. Left out, and ours ------------------------------------------------------------------------------

    /**
     * Fills the field in where the author left it out. The first that names a field decides on it.
     *
     * @return whether that is all there is to say of the field: it is Penstock's, or an edit left it alone
     */
    public boolean fill(Default wanted) {
        EditableField field = wanted.field();
        String path = field.path().stable();
        if (!settled.add(path)) {
            return sources.containsKey(path);
        }
        boolean basisChanged = wanted.basis() != null && !intent.isUnchanged(wanted.basis());
        if (!basisChanged && intent.isUntouched(field)) {
            carry(wanted);
            return true;
        }
        switch (whose(wanted, basisChanged)) {
            case LEFT_OUT -> write(wanted);
            case DECIDED -> sources.put(path, Reason.author().toString());
            case AUTHORS -> {
                release(field);
                putBack(wanted);
                carryKept(wanted);
            }
        }
        return sources.containsKey(path);
    }

    private Intent.Whose whose(Default wanted, boolean basisChanged) {
        EditableField field = wanted.field();
        boolean follows = wanted.latest()
                && basisChanged
                && !intent.isCreated() // nothing tells which of the two its author changed
                && !intent.isDecided(field) // what it has become since is another webhook's
                && !intent.isApplied(field)
                && !intent.keep().names(field.path());
        return follows ? Intent.Whose.LEFT_OUT : intent.whose(field, wanted.value(), wanted.serverDefault());
    }

    /** What is to be kept stands though an apply dropped it. */
    private void putBack(Default wanted) {
        JsonNode before = intent.keptBefore(wanted.field(), wanted.serverDefault());
        if (!before.isMissingNode() && !before.isNull()) {
            wanted.field().leave(before);
        }
    }

    /** What is to be kept follows nothing, but stays what it was: Penstock's, as long as nobody changed or applied it. */
    private void carryKept(Default wanted) {
        EditableField field = wanted.field();
        if (isKept(field) && intent.isOurs(field, wanted.value()) && !intent.isAppliedWithin(field)) {
            carry(field, intent.wasOurs(field) ? intent.remembered() : intent.received());
        }
    }

    /** Whether the field's value stands: it was decided on in this review, or is a decision and none of Penstock's. */
    public boolean isSettled(Field field) {
        return settled.contains(field.path().stable()) || !(intent.isOurs(field) || ServerDefaults.isNoDecision(field));
    }

    /** Whether the author wants the field left as it is, be it there or not. */
    public boolean isKept(Field field) {
        return intent.keep().names(field.path());
    }

    /** Whether the field is there, and Penstock wrote it neither in this review nor before. */
    public boolean isAuthors(Field field) {
        return field.isPresent() && !sources.containsKey(field.path().stable()) && !intent.isOurs(field);
    }

    private void write(Default wanted) {
        EditableField field = wanted.field();
        JsonNode sent = field.value();
        boolean ambiguous = intent.isAmbiguous(field);
        boolean stands = ServerDefaults.isAsWanted(field, wanted.value());
        // Who replaced that may replace this: that it is forgotten tells a second pass that there was a first.
        boolean replaced = wanted.latest() && !stands && intent.isReplaced(field);
        if (!stands) {
            field.set(wanted.value(), wanted.reason());
            notices.changed(field, sent, ambiguous, wanted.reason());
        }
        // An applied "" or Always comes again at each apply, and what is applied as a whole without what was filled
        // into it.
        if (field.isPresent() && !replaced && !intent.isApplied(field)) {
            sources.put(field.path().stable(), wanted.reason().toString());
        }
    }

    /**
     * An edit keeps what was remembered of a field that it left alone. A reinvocation may look like an edit: there the first
     * pass may have given that up, or have remembered the same value from elsewhere.
     */
    private void carry(Default wanted) {
        Provenance received = intent.received();
        String path = wanted.field().path().stable();
        boolean again = !received.equals(intent.remembered())
                && received.source(path).equals(Optional.of(wanted.reason().toString()))
                && ServerDefaults.isAsWanted(wanted.field(), wanted.value());
        boolean givenUp = !intent.isRememberedStill(path) && !received.isOurs(path);
        carry(wanted.field(), again || givenUp ? received : intent.remembered());
    }

    private void carry(EditableField field, Provenance memory) {
        String path = field.path().stable();
        if (field.isPresent()) {
            memory.source(path).ifPresent(source -> sources.put(path, source));
        }
    }

    // ---- 8. Elements that the author takes over -------------------------------------------------------------

    /** What is ours in an element goes where its author now writes the element; of a container each field has an entry. */
    private void release(EditableField field) {
        if (field.path().isElement()
                && !field.path().isContainer()
                && intent.isApplied(field)
                && intent.remembered().isOurs(field.path().stable())) {
            releaseMembers(field);
        }
    }

    private void releaseMembers(EditableField holder) {
        for (String name : holder.names()) {
            EditableField member = holder.at(name);
            if (member.value().isObject() && !member.value().isEmpty()) {
                releaseObject(member);
            } else if (!intent.isApplied(member) && !ServerDefaults.isFilledIn(member) && intent.isUnchanged(member)) {
                member.remove(Reason.author());
            }
        }
    }

    private void releaseObject(EditableField member) {
        boolean applied = intent.isApplied(member);
        if (!applied || intent.isAppliedInParts(member)) {
            releaseMembers(member);
            if (!applied && member.names().stream().map(member::at).allMatch(ServerDefaults::isFilledIn)) {
                member.remove(Reason.author());
            }
        }
    }

    // ---- 9. What nothing names any more ---------------------------------------------------------------------

    /** Takes away what Penstock filled in, where it no longer applies and is not to be kept. */
    public void drop(EditableField field) {
        String path = field.path().stable();
        if (intent.isRemembered(field) && settled.add(path) && isOursStill(field)) {
            takeAway(field);
        }
    }

    /** The same, but that an edit takes it away only where it changed the other field, beside which it does not apply. */
    public void dropBeside(EditableField field, Field other) {
        if (manifestSpeaks() || !intent.isUnchanged(other)) {
            drop(field);
        }
    }

    /**
     * Settles the containers that a policy had put there and that none names any more. To be done before anything is filled in,
     * so that nothing is filled into a container that goes.
     */
    public void settleContainers(EditableField list) {
        List<EditableField> elements = list.elements();
        for (int i = elements.size() - 1; i >= 0; i--) { // each that goes moves those behind it
            EditableField container = elements.get(i);
            String path = container.path().stable();
            intent.remembered()
                    .source(path)
                    .filter(source -> settled.add(path))
                    .ifPresent(source -> settle(container, path, source));
        }
    }

    /**
     * Settles what policies had laid there and none names any more, so that nothing follows from what goes. Arguments are not
     * laid alone, and settled with their own topic.
     */
    public void settleLaid() {
        settle(path -> intent.remembered().isLaid(path) && !path.endsWith(".args"));
    }

    private void takeAway(EditableField field) {
        if (isKept(field)) {
            carry(field, intent.remembered());
            return;
        }
        String source = intent.remembered().source(field.path().stable()).orElse("");
        notices.gone(field, source);
        field.remove(Reason.gone(source));
        alias(field).ifPresent(alias -> alias.remove(Reason.gone(source)));
        removeRemains(field.parent(), Reason.gone(source));
    }

    private static Optional<EditableField> alias(EditableField field) {
        return ServerDefaults.alias(field.path()).map(field.parent()::at);
    }

    /** An object that was made for what went holds nothing any more but what the API server filled into it. */
    private void removeRemains(EditableField holder, Reason reason) {
        boolean remains = holder.value().isObject()
                && !holder.path().isElement()
                && !intent.isApplied(holder)
                && holder.names().stream().map(holder::at).allMatch(this::isFilledIn);
        if (remains) {
            holder.remove(reason);
            removeRemains(holder.parent(), reason);
        }
    }

    private boolean isFilledIn(EditableField field) {
        return field.value().equals(ServerDefaults.of(field.path())) && !intent.isApplied(field);
    }

    /**
     * Whether Penstock wrote it and nobody changed it since. A container counts by its image, which another webhook may have
     * replaced: the rest has entries of its own.
     */
    private boolean isOursStill(EditableField field) {
        boolean isContainer = field.path().isContainer();
        EditableField judged = isContainer ? field.at("image") : field;
        return (intent.wasOurs(judged) || (isContainer && intent.isOfAnotherWebhook(judged)))
                && !intent.isAppliedWithin(judged)
                && !intent.isApplied(field)
                && alias(field).filter(intent::isApplied).isEmpty();
    }

    private void settle(Predicate<String> which) {
        intent.remembered().sources().forEach((path, source) -> {
            if (!settled.contains(path) && which.test(path)) {
                found(path).ifPresent(field -> settle(field, path, source));
            }
        });
    }

    /** What is there at a path of the annotation. Anyone may write that: only a path as it is written here is one. */
    private Optional<EditableField> found(String path) {
        return cronJob()
                .find(path)
                .filter(field -> !path.isEmpty() && field.path().stable().equals(path))
                .filter(field -> field.isPresent() && !isInAWhole(field));
    }

    /** Whether it is part of a value that this review wrote, and with it this. */
    private boolean isInAWhole(EditableField field) {
        for (EditableField holder = field.parent(); !holder.path().isRoot(); holder = holder.parent()) {
            if (sources.containsKey(holder.path().stable()) && !holder.path().isContainer()) {
                return true;
            }
        }
        return false;
    }

    private void settle(EditableField field, String path, String source) {
        if (!intent.isRememberedStill(path)) {
            return;
        }
        boolean ours = intent.remembered().isOurs(path);
        if (!ours) {
            if (intent.isUnchanged(field) && !intent.isApplied(field)) {
                sources.put(path, source);
            }
        } else if (field.value().equals(ServerDefaults.of(field.path()))) {
            return; // it would only be filled in again
        } else if (field.path().isContainer() && !intent.isApplied(field) && !manifestSpeaks()) {
            sources.put(path, source);
        } else if (isOursStill(field)) {
            if (manifestSpeaks() && !isMounted(field)) {
                takeAway(field);
            } else {
                sources.put(path, source);
            }
        } else {
            release(field);
        }
    }

    /** Whether it is a volume that a container still mounts: Kubernetes refuses a mount of one that is not there. Mounts that go are gone by then: their paths sort before its. */
    private static boolean isMounted(EditableField field) {
        if (!field.path().isElement() || !field.parent().path().name().equals("volumes")) {
            return false;
        }
        EditableField podSpec = field.parent().parent();
        Optional<String> volume = Optional.of(field.path().name());
        return FieldPath.CONTAINER_LISTS.stream()
                .flatMap(list -> podSpec.at(list).elements().stream())
                .flatMap(container -> Stream.of("volumeMounts", "volumeDevices").map(container::at))
                .flatMap(mounts -> mounts.elements().stream())
                .anyMatch(mount -> mount.at("name").asText().equals(volume));
    }

    // ---- 10. What is remembered -----------------------------------------------------------------------------

    /** Settles what no default named in this review, and writes down where each value came from. */
    public void finish() {
        settle(path -> true);
        reportCarriedOver();
        if (manifestSpeaks()) {
            Field keep = cronJob().at("metadata", "annotations", Intent.KEEP);
            intent.keep().complaints().forEach(complaint -> tell(keep, complaint));
        }
        EditableField annotation = cronJob().at("metadata", "annotations", Intent.DEFAULTED);
        if (intent.isCopy()) {
            tellOfCopied(annotation);
        }
        Provenance before = intent.remembered();
        Provenance all = sources.equals(before.sources()) ? before : new Provenance(new TreeMap<>(sources));
        Provenance.Capped kept = all.capped(Provenance.room(annotation.parent()));
        if (!kept.forgotten().isEmpty()) {
            int more = kept.forgotten().size() - 1;
            tell(
                    place(kept.forgotten().get(0)),
                    "is followed no longer" + (more == 0 ? "" : ", as are " + more + " others") + ": "
                            + Intent.DEFAULTED + " has no room");
        }
        remembered = kept.provenance().text();
        annotation.remember(
                remembered.isEmpty() ? MissingNode.getInstance() : JsonNodeFactory.instance.textNode(remembered));
    }

    /** What was filled in once and came along is the author's where it is another than now: nothing tells who edited it. */
    private void tellOfCopied(Field annotation) {
        List<String> copied = new ArrayList<>();
        String last = "";
        for (String path : intent.received().sources().keySet()) {
            Optional<EditableField> field = found(path).filter(this::isCopied);
            if (field.isPresent() && !path.startsWith(last + ".")) { // with a container goes what is in it
                copied.add(field.get().path().brief());
                last = path;
            }
        }
        if (!copied.isEmpty()) {
            int more = copied.size() - SHOWN;
            tell(
                    annotation,
                    "names what counts as yours from now on, since something else or nothing is filled in there"
                            + " (leave it out to have that): "
                            + String.join(", ", more > 0 ? copied.subList(0, SHOWN) : copied)
                            + (more > 0 ? ", and " + more + " more" : ""));
        }
    }

    private boolean isCopied(EditableField field) {
        String path = field.path().stable();
        return intent.received().isOurs(path)
                && !sources.containsKey(path)
                && !Intent.isLeftOut(cronJob(), path)
                && !intent.isAppliedWithin(field)
                && !isKept(field);
    }

    /** What the object remembers from now on, as its annotation holds it; empty before the end, or where it is nothing. */
    public String remembered() {
        return remembered;
    }
}

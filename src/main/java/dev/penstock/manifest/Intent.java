package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.image.ImageReference;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the author really wrote, as opposed to what the API server or Penstock filled in. The API server defaults before it
 * asks, so that a field which holds its default says nothing by itself; what tells is the evidence beside it, what Penstock
 * remembers, and the object that is replaced.
 *
 * <p>The numbers are those of the rules in {@code docs/adr/0004-intent.md}; those about writing are in {@link Defaulter}.
 *
 * <p>Not thread-safe: one review, one intent.
 */
public final class Intent {
    /** What the labels and annotations begin with that are Penstock's. */
    public static final String OURS = "penstock.dev/";

    /** The annotation by which an author keeps fields as they are. */
    public static final String KEEP = OURS + "keep";

    /** The annotation that remembers what was filled in, which is nobody else's to write. */
    public static final String DEFAULTED = OURS + "defaulted";

    private static final FieldPath MEMORY =
            FieldPath.ROOT.member("metadata").member("annotations").member(DEFAULTED);

    private final Evidence evidence;
    private final Keep keep;
    private final Provenance remembered; // by the old object
    private final String annotation; // what is remembered in the new one: by reinvocation, in a copy, or forged
    private @Nullable Provenance received; // the same, read when it is first asked
    private final Map<String, Reason> put = new HashMap<>(); // the elements that Penstock puts there in this review
    // What was said of containers until another is put there: each default asks it of all of them.
    private final IdentityHashMap<Field, Boolean> own = new IdentityHashMap<>();
    private final KeyedTree before; // the old object, to look up many paths
    private final boolean recordSent;
    private final boolean appliedAnew;
    private final boolean applies;
    private final boolean speaks;
    private final boolean dropped;

    /** Whose decision a field is. */
    enum Whose {
        /** The author wrote it. */
        AUTHORS,
        /** The author decided for the server's default, which nothing but memory will prove later. */
        DECIDED,
        /** The author left it out, or it holds what Penstock wrote. */
        LEFT_OUT
    }

    /** @param recordSent whether what is remembered in the object, if anything is, may be what the client sent */
    private Intent(
            Field object,
            Evidence evidence,
            @Nullable Field old,
            boolean wasPipeline,
            boolean manifestSpeaks,
            boolean recordSent) {
        this.evidence = evidence;
        this.recordSent = recordSent;
        this.keep = Keep.of(object);
        Provenance ofOld = old == null ? Provenance.NONE : remembered(old, wasPipeline);
        String text = Provenance.text(object);
        // Of an object that was no pipeline, what is still there as it was has been received from nobody.
        boolean isStale = old != null && !wasPipeline && text.equals(Provenance.text(old));
        this.annotation = isStale ? ofOld.text() : text;
        this.before = new KeyedTree(old == null ? MissingNode.getInstance() : old.value());
        // A PUT of the author's manifest, which has no memory, rather than of what was read.
        boolean isPut = !manifestSpeaks
                && old != null
                && wasPipeline
                && annotation.isEmpty()
                && lacksOurs(object, old, ofOld, path -> true);
        this.remembered = isPut ? ofOld.only(path -> isLeftOut(object, path)) : ofOld;
        this.appliedAnew = old != null && evidence.isAppliedAnew(old);
        this.applies = manifestSpeaks || appliedAnew;
        this.dropped = !applies && old != null && wasPipeline && dropsOurs(object, old);
        this.speaks = applies || old == null || !wasPipeline || dropped || addressesUs(object, old);
    }

    /**
     * The intent behind an object as the webhook gets it.
     *
     * @param old the object that it replaces; null when it is created
     * @param wasPipeline whether the old one was a pipeline already
     * @param fieldManager of the request; empty where it names none
     */
    public static Intent of(Field object, @Nullable Field old, boolean wasPipeline, String fieldManager) {
        // One that gives all up that it applied has no entry any more.
        boolean applies = fieldManager.equals(Evidence.CLIENT_SIDE_APPLY)
                || Evidence.isApplier(fieldManager, object)
                || (old != null && Evidence.isApplier(fieldManager, old));
        boolean recordSent = Evidence.isOfManager(fieldManager, object, MEMORY);
        return new Intent(object, Evidence.of(object), old, wasPipeline, applies, recordSent);
    }

    /** The intent behind an object of which nothing else is known, as it is when it is created. */
    public static Intent of(Field object) {
        return of(object, null, false, "");
    }

    /** The intent behind a manifest straight from its author, which is complete evidence of itself. */
    public static Intent ofManifest(Field object, @Nullable Field old, boolean wasPipeline) {
        return new Intent(object, Evidence.ofManifest(object.value()), old, wasPipeline, true, true);
    }

    /** By an object that was no pipeline, only what nobody wrote since: nothing was remembered meanwhile, or anything by anyone. */
    private static Provenance remembered(Field old, boolean wasPipeline) {
        Provenance remembered = Provenance.of(Provenance.text(old), Provenance.NONE);
        if (wasPipeline || remembered.isEmpty()) {
            return remembered;
        }
        Evidence evidence = Evidence.of(old);
        return evidence.isWritten(MEMORY)
                ? Provenance.NONE
                : remembered.only(path -> old.find(path)
                        .filter(field -> !evidence.isWritten(field.path()))
                        .isPresent());
    }

    // ---- 2. Does the manifest speak? ------------------------------------------------------------------------

    /** Whether the request brings the author's manifest; otherwise it is an edit, which moves nothing else. */
    boolean speaks() {
        return speaks;
    }

    private static boolean addressesUs(Field object, Field old) {
        for (String map : new String[] {"labels", "annotations"}) {
            JsonNode now = object.at("metadata", map).objectOrMissing();
            JsonNode before = old.at("metadata", map).objectOrMissing();
            if (saysOtherThan(now, before) || saysOtherThan(before, now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says something to Penstock that the other does not say. */
    private static boolean saysOtherThan(JsonNode map, JsonNode other) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String key = entry.getKey();
            if (key.startsWith(OURS)
                    && !key.equals(DEFAULTED)
                    && !entry.getValue().equals(other.get(key))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the request lacks a value of ours, as a PUT of the manifest does. */
    private boolean dropsOurs(Field object, Field old) {
        return lacksOurs(object, old, remembered, this::isRememberedStill);
    }

    /** Whether the request lacks one of these that are ours, and not to be kept, where the element that held it is still there. */
    private boolean lacksOurs(Field object, Field old, Provenance of, Predicate<String> paths) {
        // In most edits the spec is the same: what is left are a few labels and annotations.
        boolean sameSpec = isSame("spec", object, old);
        boolean sameJob = !sameSpec && isSame("spec.jobTemplate", object, old);
        return (sameSpec ? of.sources().headMap("spec") : of.sources())
                .keySet().stream()
                        .filter(path -> !(sameJob && path.startsWith("spec.jobTemplate")))
                        .filter(path -> of.isOurs(path) && paths.test(path))
                        .anyMatch(path -> object.find(path)
                                .filter(field -> (field.isAbsent() || ServerDefaults.isNoDecision(field))
                                        && isPresent(before.find(field.path()))
                                        && !keep.names(field.path()))
                                .isPresent());
    }

    /** Whether the manifest holds nothing there, or nothing but what the API server fills in. */
    static boolean isLeftOut(Field object, String path) {
        return object.find(path)
                .filter(field -> field.isPresent()
                        && !ServerDefaults.isNoDecision(field)
                        && !field.value().equals(ServerDefaults.of(field.path()))
                        && !isOfTheImage(object, field))
                .isEmpty();
    }

    /** Whether it is the pull policy that the API server fills in for the image. */
    private static boolean isOfTheImage(Field object, Field field) {
        FieldPath container = field.path().parent();
        return field.path().name().equals("imagePullPolicy")
                && container.isContainer()
                && object.find(container.member("image").stable())
                        .flatMap(Field::asText)
                        .map(ImageReference::pullPolicy)
                        .equals(field.asText());
    }

    /** Whether the first pass, if there was one, did not give up what is remembered of the old object. */
    boolean isRememberedStill(String path) {
        return (received().source(path).isPresent()
                        && received().isOurs(path) == remembered.isOurs(path)
                        && received().isMade(path) == remembered.isMade(path))
                || !isOfFirstPass();
    }

    /** Whether the object is created with what a client sent of such a memory, as a copy is, rather than with that of a first pass. */
    boolean isCopy() {
        return isCreated() && !received().isEmpty() && !isOfFirstPass();
    }

    /** Whether there was no object before. */
    boolean isCreated() {
        return before.find(FieldPath.ROOT).isMissingNode();
    }

    /**
     * Whether a first pass has decided on the field: what came remembers otherwise whose it is than the old object does. Where the client may
     * have sent that, also what is remembered anew is a first pass's, if the field was replaced since, which no client did.
     */
    boolean isDecided(Field field) {
        String path = field.path().stable();
        boolean isOurs = received().isOurs(path);
        return isOurs != remembered.isOurs(path)
                && (isOfFirstPass() || (isOurs && !isUnchanged(field) && !evidence.isSent(field)));
    }

    /** Whether what came of such a memory is that of a first pass, rather than a copy of whatever age, or a forgery. */
    private boolean isOfFirstPass() {
        return !received().isEmpty() && !recordSent;
    }

    private static boolean isSame(String path, Field object, Field old) {
        return object.find(path).map(Field::value).equals(old.find(path).map(Field::value));
    }

    private static boolean isPresent(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Whether an edit leaves the field as it is: an equal one keeps its value, save in an element that is new. */
    boolean isUntouched(Field field) {
        return !speaks && isUnchanged(field) && (isPresent(before(field)) || !isInNewElement(field.path()));
    }

    private boolean isInNewElement(FieldPath path) {
        for (FieldPath holder = path.parent(); !holder.isRoot(); holder = holder.parent()) {
            if (holder.isElement() && before.find(holder).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the field holds what the old object holds there, or is absent in both. */
    public boolean isUnchanged(Field field) {
        JsonNode old = before(field);
        JsonNode now = field.value();
        return isPresent(now) ? now.equals(old) : !isPresent(old);
    }

    /** What the old object holds there; a missing node where it holds nothing, or there is none. */
    JsonNode before(Field field) {
        return before.find(field.path());
    }

    // ---- 3. Whose is each container? ------------------------------------------------------------------------

    /**
     * Whether the container is the pipeline's own: its author's, or one that Penstock put there; not one that another
     * webhook put in.
     */
    public boolean isOwn(Field container) {
        return own.computeIfAbsent(container, this::isOwnNow);
    }

    private boolean isOwnNow(Field container) {
        return isRemembered(container)
                || isWritten(container)
                || (!remembered.isEmpty()
                        && remembered.isWithin(container.path().stable()));
    }

    /** Whether a client sent the field, rather than a webhook. Where nothing tells who sent what, each counts as sent. */
    public boolean isSent(Field field) {
        return evidence.isSent(field) || !evidence.knowsSenders();
    }

    /** Whether a client sent the container. Where nothing tells who sent what, each counts as sent. */
    public boolean isWritten(Field container) {
        return isApplied(container)
                || (!isRemembered(container)
                        && (!evidence.knowsSenders() || evidence.isRecordedWithin(container.path())));
    }

    /** Whether an applied manifest holds exactly this field, or it is there in a value that is applied as a whole. */
    public boolean isApplied(Field field) {
        return evidence.isApplied(field) || (field.isPresent() && evidence.isAppliedInAWhole(field.path()));
    }

    /** The same of a field that is filled in as a whole, such as a probe's handler: a part of it makes it the author's. */
    boolean isAppliedWithin(Field field) {
        return isApplied(field) || (isWhole(field) && evidence.isAppliedWithin(field.path()));
    }

    private static boolean isWhole(Field field) {
        return field.value().isObject() && !field.path().isElement();
    }

    /** Whether what an applied manifest holds there may be less than the object that is there. */
    boolean isAppliedInParts(Field field) {
        return field.value().isObject()
                && (field.path().name().equals("emptyDir") // {} says all
                        || evidence.lastApplied(field.path()).isObject());
    }

    /**
     * The policy, defaults or annotation that named what is filled in at a path or what holds it, as the object remembers it, such
     * as {@code policy ml}; empty where none did.
     */
    public static Function<FieldPath, String> named(Field object) {
        Provenance remembered = Provenance.of(Provenance.text(object), Provenance.NONE);
        return path -> remembered.named(path).orElse("");
    }

    /** Notes that Penstock puts the element there in this review. */
    void put(Field element, Reason reason) {
        put.put(element.path().stable(), reason);
        own.clear();
    }

    /** Whether Penstock put the element there, in this review or before. */
    boolean isRemembered(Field element) {
        if (put.isEmpty() && remembered.isEmpty() && received().isEmpty()) {
            return false; // as of what is new, at first: its paths need not be spelled
        }
        String path = element.path().stable();
        return put.containsKey(path)
                || (remembered.source(path).isPresent() && isRememberedStill(path))
                || received().source(path).isPresent();
    }

    /** Whether the container was made because the manifest had none, and no manifest has it since. */
    public boolean isMade(Field container) {
        String path = container.path().stable();
        boolean wasMade = remembered.isMade(path) && isRememberedStill(path);
        return (put.get(path) instanceof Reason.Made || wasMade || received().isMade(path))
                && !(speaks && isApplied(container));
    }

    /** Whether a policy put the container beside those that run the pipeline, and no client gave it another image since. */
    public boolean isAppended(Field container) {
        Field image = container.at("image");
        boolean policys = put.containsKey(container.path().stable())
                || (isRemembered(container) && (image.isAbsent() || isOurs(image) || isOfAnotherWebhook(image)));
        return policys && !isMade(container) && !isApplied(container);
    }

    /**
     * Whether the image of a container that Penstock put there is another webhook's, as far as anything tells: who sent a copy sent that
     * image too.
     */
    public boolean isOfAnotherWebhook(Field image) {
        return image.isPresent() && evidence.knowsSenders() && !evidence.isSentWithout(image, MEMORY);
    }

    // ---- 5. Whose is each field? ----------------------------------------------------------------------------

    /**
     * Whose decision the field is.
     *
     * @param wanted what would be filled in
     * @param serverDefault what the API server fills in; a missing node where it leaves the field absent
     */
    Whose whose(Field field, JsonNode wanted, JsonNode serverDefault) {
        FieldPath path = field.path();
        if (keep.names(path)) { // 5.1
            return Whose.AUTHORS;
        }
        if (ServerDefaults.isNoDecision(field)) { // 5.2
            return Whose.LEFT_OUT;
        }
        if (field.isAbsent()) { // 5.2
            return isAppliedAsZero(path, wanted) ? Whose.AUTHORS : Whose.LEFT_OUT;
        }
        boolean isDefault = field.value().equals(serverDefault);
        if (isDefault && evidence.isAppliedAsNull(path)) { // 5.3
            return Whose.LEFT_OUT;
        }
        if (isAppliedWithin(field)) { // 5.4
            return Whose.AUTHORS;
        }
        if (isOurs(field, wanted)) { // 5.5, 5.6
            return Whose.LEFT_OUT;
        }
        if (!isDefault) { // 5.7
            return Whose.AUTHORS;
        }
        return ofServerDefault(field);
    }

    /** Whether the author decided for what is empty there, which the API server dropped. An object is asked of member by member. */
    private boolean isAppliedAsZero(FieldPath path, JsonNode wanted) {
        JsonNode zero = wanted.isArray() ? JsonNodeFactory.instance.arrayNode() : TextNode.valueOf("");
        return !wanted.isObject()
                && !ServerDefaults.isNoDecision(new Field(path, zero))
                && evidence.isAppliedAsZero(path);
    }

    private Whose ofServerDefault(Field field) {
        JsonNode old = before(field);
        if (isPresent(old) && !isUnchanged(field)) { // 5.9
            return appliedAnew || dropped || !evidence.isSent(field) ? Whose.LEFT_OUT : Whose.DECIDED;
        }
        String path = field.path().stable();
        if (isPresent(old) ? remembered.isAuthors(path) : received().isAuthors(path)) { // 5.8
            return Whose.DECIDED;
        }
        return isPresent(old) && !remembered.isEmpty() && !evidence.isAny() // 5.10
                ? Whose.AUTHORS
                : Whose.LEFT_OUT; // 5.11
    }

    /**
     * What a field that is to be kept held before an apply dropped it, though no manifest had held it, such as on the move to server-side
     * apply; a missing node where nothing is to be put back.
     */
    JsonNode keptBefore(Field field, JsonNode serverDefault) {
        boolean gone = field.isAbsent()
                || ServerDefaults.isNoDecision(field)
                || field.value().equals(serverDefault);
        if (!applies || !gone || isUnchanged(field) || !keep.names(field.path())) {
            return MissingNode.getInstance();
        }
        Evidence ofOld = Evidence.of(Field.of(before.find(FieldPath.ROOT)));
        boolean manifests = isApplied(field) || ofOld.isOfManifest(field.path());
        return manifests ? MissingNode.getInstance() : before(field);
    }

    /** Whether Penstock wrote it before, and neither the request nor a first pass gave that up. */
    boolean wasOurs(Field field) {
        String path = field.path().stable();
        return remembered.isOurs(path) && isUnchanged(field) && isRememberedStill(path);
    }

    /** Whether the field holds what Penstock wrote: what it remembers and is unchanged, or would be written again. */
    boolean isOurs(Field field, JsonNode wanted) {
        return wasOurs(field) || (received().isOurs(field.path().stable()) && ServerDefaults.isAsWanted(field, wanted));
    }

    /** The same for a field that may have any value, as long as nobody applied it. */
    public boolean isOurs(Field field) {
        return field.isPresent()
                && (wasOurs(field) || (received().isOurs(field.path().stable()) && !isEdited(field)))
                && !isAppliedWithin(field)
                && !keep.names(field.path());
    }

    /** Whether somebody, a client or another webhook, changed what Penstock wrote before. */
    boolean isReplaced(Field field) {
        return field.isPresent()
                && !ServerDefaults.isNoDecision(field)
                && remembered.isOurs(field.path().stable())
                && !isUnchanged(field);
    }

    /** Whether a client changed the field of the object that is there, rather than a first pass. */
    private boolean isEdited(Field field) {
        return isPresent(before(field)) && !isUnchanged(field) && evidence.isSent(field);
    }

    /** Whether a value is ambiguous: it may be the author's, or the server's, and nothing was applied that would tell. */
    boolean isAmbiguous(Field field) {
        String path = field.path().stable();
        return field.isPresent()
                && !ServerDefaults.isNoDecision(field)
                && !evidence.isAny()
                && !remembered.isOurs(path)
                && (isCopy() || !received().isOurs(path));
    }

    /** Whether client-side apply recorded the very value. */
    boolean isLastApplied(Field field) {
        return evidence.lastApplied(field.path()).equals(field.value());
    }

    /**
     * What the author wrote where Penstock had completed it and the completion stands; empty where it never did, or where the
     * author has written the whole since.
     */
    Optional<String> rawForm(Field field, UnaryOperator<String> completion) {
        String path = field.path().stable();
        if (isLastApplied(field)) {
            return Optional.empty();
        }
        return remembered
                .rawForm(path)
                .filter(raw -> isUnchanged(field) && isRememberedStill(path))
                .or(() -> received()
                        .rawForm(path)
                        .filter(raw -> field.asText().equals(Optional.of(completion.apply(raw)))));
    }

    Keep keep() {
        return keep;
    }

    Provenance remembered() {
        return remembered;
    }

    Provenance received() {
        if (received == null) {
            received = Provenance.of(annotation, remembered);
        }
        return received;
    }
}

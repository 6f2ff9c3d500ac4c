package dev.penstock.admission;

import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PolicyFile;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.policy.PolicyFiles.Unusable;
import dev.penstock.policy.PolicyFiles.Usable;
import dev.penstock.review.InForce;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Standing;
import dev.penstock.rules.Rules;
import dev.penstock.text.LogText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The reviewer of a policy file, or of a folder of them, which follows the files: {@link #poll} puts in force what was put in
 * their place, all of it at once. Of a document that cannot be used the last good version stays in force, and it is logged
 * once.
 */
final class FollowedPolicies implements InForce {
    private static final Logger LOG = Logger.getLogger(FollowedPolicies.class);

    private final Path path;
    private final NamespaceLabels namespaces;
    private final Followed<Map<Path, Optional<FileStamp>>> followed;
    private volatile Loaded inForce;

    /**
     * What is in force.
     *
     * @param files as they were read last
     * @param documents those of the files that can be used, and last good versions
     */
    private record Loaded(PolicyFiles files, List<Usable> documents, Reviewer reviewer) {}

    /**
     * Puts in force what the file or folder holds now.
     *
     * @throws InvalidPolicyException if a document of it cannot be used
     */
    FollowedPolicies(Path path, NamespaceLabels namespaces) throws InvalidPolicyException {
        this.path = path;
        this.namespaces = namespaces;
        this.followed = new Followed<>(() -> stamps(path));
        PolicyFiles files = PolicyFiles.read(path, Rules::problems);
        List<Usable> documents = files.allUsable();
        this.inForce = new Loaded(files, documents, reviewer(documents));
    }

    private Reviewer reviewer(List<Usable> documents) throws InvalidPolicyException {
        return Reviewer.of(documents.stream().map(Usable::document).toList(), namespaces);
    }

    private static Map<Path, Optional<FileStamp>> stamps(Path path) {
        Map<Path, Optional<FileStamp>> stamps = new TreeMap<>();
        try {
            PolicyFiles.in(path).forEach(file -> stamps.put(file, FileStamp.of(file)));
        } catch (IOException e) {
            stamps.put(path, Optional.empty());
        }
        return stamps;
    }

    /** The reviewer for one review, which goes by these documents from beginning to end. */
    @Override
    public Reviewer get() {
        return inForce.reviewer();
    }

    @Override
    public List<Standing> standings() {
        Loaded loaded = inForce;
        List<Standing> standings = new ArrayList<>();
        for (Usable one : loaded.documents()) {
            boolean ready = loaded.files().usable().contains(one);
            standings.add(new Standing(one.document().id(), ready, Optional.of(one.document())));
        }
        loaded.files().unusable().stream()
                .filter(one -> one.id() != null
                        || loaded.files().kept(one, loaded.documents()).isEmpty())
                .map(FollowedPolicies::id)
                .filter(id ->
                        standings.stream().noneMatch(standing -> standing.id().equals(id)))
                .distinct()
                .forEach(id -> standings.add(new Standing(id, false, Optional.empty())));
        return standings;
    }

    /** By the name of its file where it has none of its own: none at all, or that of the policy which is always in force. */
    private static DocumentId id(Unusable one) {
        DocumentId id = one.id();
        return id == null || id.name().equals(PolicyFile.builtIn().name())
                ? new DocumentId("", "", one.file().getFileName().toString())
                : id;
    }

    /** Looks at the files, and reads them where one is another than before. For one thread at a time. */
    void poll() {
        followed.poll(this::read);
    }

    private Runnable read() {
        try {
            PolicyFiles files = PolicyFiles.read(path, Rules::problems);
            List<Usable> documents = files.after(inForce.documents());
            Reviewer reviewer = documents.equals(inForce.documents()) ? inForce.reviewer() : reviewer(documents);
            return () -> follow(new Loaded(files, documents, reviewer));
        } catch (InvalidPolicyException | RuntimeException | StackOverflowError e) {
            return () -> LOG.errorf(
                    e, "reading %s failed, so %s in force", path, words(inForce.documents(), "stays", "stay"));
        }
    }

    private void follow(Loaded next) {
        Loaded before = inForce;
        inForce = next;
        List<Unusable> unusable = next.files().unusable();
        unusable.stream()
                .filter(one -> !before.files().unusable().contains(one))
                .forEach(one -> tell(one, next.files().kept(one, before.documents())));
        if (unusable.isEmpty() || !next.documents().equals(before.documents())) {
            LOG.infof("%s has changed: %s in force", path, words(next.documents(), "is", "are"));
        }
    }

    private static void tell(Unusable one, List<Usable> kept) {
        LOG.errorf(
                "%s cannot be used, so %s in force: %s",
                LogText.line(one.file() + (one.id() == null ? "" : ": " + one.id())),
                kept.isEmpty() ? "nothing of it is" : words(kept, "stays", "stay"),
                LogText.line(one.line()));
    }

    private static String words(List<Usable> documents, String one, String several) {
        return PolicyFiles.words(documents) + " " + (documents.size() > 1 ? several : one);
    }
}

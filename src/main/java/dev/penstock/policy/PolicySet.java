package dev.penstock.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All documents that are in force, and the built-in policy below them.
 *
 * <p>What applies to a namespace is put together when it is first asked for, and remembered: a look-up costs the same however
 * many documents and namespaces there are. It does not depend on the order of the documents.
 *
 * <p>Immutable but for what it remembers, and thread-safe.
 */
public final class PolicySet {
    // Some hundred bytes each. Beyond it, namespaces that are long gone would otherwise add up.
    private static final int REMEMBERED = 1 << 15;

    private final List<RuleSettings> policies; // in the order in which they are laid
    private final RuleSettings builtIn;
    private final Map<String, List<PipelineDefaults>> defaults; // by namespace, in the order in which they are laid
    private final Map<String, Known> namespaces = new ConcurrentHashMap<>();
    private final Map<Match, Applying> applying = new ConcurrentHashMap<>();

    /** What applies to a namespace as long as its labels are these. */
    private record Known(Map<String, String> labels, Applying applying) {}

    /**
     * Namespaces to which the same applies share it.
     *
     * @param policies by their places in the list of all
     * @param defaults of the namespace
     */
    private record Match(BitSet policies, List<DocumentId> defaults) {}

    /**
     * @param documents no two of which have the same id
     * @param builtIn names every rule and its action
     */
    PolicySet(Collection<? extends PolicyDocument> documents, PipelinePolicy builtIn) {
        this.builtIn = RuleSettings.of(builtIn, builtIn);
        this.policies = of(PipelinePolicy.class, documents)
                .sorted(Comparator.comparing(PipelinePolicy::priority)
                        .reversed()
                        .thenComparing(PipelinePolicy::name))
                .map(policy -> RuleSettings.of(policy, builtIn))
                .toList();
        this.defaults = of(PipelineDefaults.class, documents)
                .sorted(Comparator.comparing(PipelineDefaults::name))
                .collect(Collectors.groupingBy(PipelineDefaults::namespace));
    }

    private static <D> Stream<D> of(Class<D> kind, Collection<? extends PolicyDocument> documents) {
        return documents.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** @param documents no two of which have the same id */
    public static PolicySet of(Collection<? extends PolicyDocument> documents) {
        return new PolicySet(documents, PolicyFile.builtIn());
    }

    /**
     * What applies to a pipeline.
     *
     * @param labels of the namespace
     * @param profile that its label names; one that nobody knows chooses none
     */
    public EffectivePolicy effective(String namespace, Map<String, String> labels, String profile) {
        Known known = namespaces.get(namespace);
        if (known == null || !known.labels().equals(labels)) {
            known = new Known(labels, applying(namespace, labels));
            remember(namespaces, namespace, known);
        }
        return known.applying().effective(profile);
    }

    private Applying applying(String namespace, Map<String, String> labels) {
        BitSet selected = new BitSet(policies.size());
        for (int i = 0; i < policies.size(); i++) {
            selected.set(i, policies.get(i).policy().namespaceSelector().matches(labels));
        }
        List<PipelineDefaults> ofTheNamespace = defaults.getOrDefault(namespace, List.of());
        Match match = new Match(
                selected, ofTheNamespace.stream().map(PipelineDefaults::id).toList());
        Applying shared = applying.get(match);
        if (shared == null) {
            shared = new Applying(
                    ofTheNamespace, selected.stream().mapToObj(policies::get).toList(), builtIn);
            remember(applying, match, shared);
        }
        return shared;
    }

    private static <K, V> void remember(Map<K, V> memory, K key, V value) {
        if (memory.size() >= REMEMBERED) {
            memory.clear(); // what is still asked for is soon put together again
        }
        memory.put(key, value);
    }

    /** Its policies in the order in which they are laid, without the built-in one. */
    public List<PipelinePolicy> policies() {
        return policies.stream().map(RuleSettings::policy).toList();
    }

    /** Every setting of a rule that there is, the built-in ones among them. */
    public List<RuleSetting> ruleSettings() {
        List<RuleSetting> settings = new ArrayList<>(builtIn.all());
        policies.forEach(policy -> settings.addAll(policy.all()));
        return settings;
    }
}

package dev.penstock.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The documents that apply to a namespace, and what comes of them for each profile.
 *
 * <p>Thread-safe. It remembers as much as there are profiles, whatever is asked for.
 */
final class Applying {
    private static final String NO_PROFILE = "";

    private final List<PipelineDefaults> defaults;
    private final List<RuleSettings> policies;
    private final RuleSettings builtIn;
    private final SortedSet<String> profiles = new TreeSet<>();
    private final Map<String, EffectivePolicy> byProfile = new ConcurrentHashMap<>();

    /**
     * @param defaults in the order in which they are laid
     * @param policies likewise
     * @param builtIn laid below them all
     */
    Applying(List<PipelineDefaults> defaults, List<RuleSettings> policies, RuleSettings builtIn) {
        this.defaults = defaults;
        this.policies = policies;
        this.builtIn = builtIn;
        documents().forEach(document -> profiles.addAll(document.profiles().keySet()));
    }

    private Stream<PolicyDocument> documents() {
        return Stream.concat(
                defaults.stream(),
                Stream.concat(policies.stream(), Stream.of(builtIn)).map(RuleSettings::policy));
    }

    EffectivePolicy effective(String profile) {
        String chosen = profiles.contains(profile) ? profile : NO_PROFILE;
        EffectivePolicy known = byProfile.get(chosen); // which locks nothing, unlike computeIfAbsent
        return known != null ? known : byProfile.computeIfAbsent(chosen, this::putTogether);
    }

    private EffectivePolicy putTogether(String profile) {
        List<EffectivePolicy.Said> said = documents()
                .flatMap(document -> document.layers(profile).stream()
                        .map(layer -> new EffectivePolicy.Said(layer, document.reason())))
                .toList();
        return new EffectivePolicy(said, rules(profile), profiles);
    }

    /** Each policy's own setting of a rule; the built-in one where no policy sets the rule, or those that do only try it out. */
    private Map<String, List<RuleSetting>> rules(String profile) {
        Map<String, List<RuleSetting>> rules = new HashMap<>();
        policies.forEach(policy -> policy.of(profile)
                .forEach((rule, setting) ->
                        rules.computeIfAbsent(rule, id -> new ArrayList<>()).add(setting)));
        builtIn.of(profile).forEach((rule, setting) -> {
            List<RuleSetting> set = rules.computeIfAbsent(rule, id -> new ArrayList<>());
            if (set.stream().allMatch(RuleSetting::isTriedOut)) {
                set.add(setting);
            }
        });
        return rules;
    }
}

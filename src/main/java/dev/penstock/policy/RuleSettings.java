package dev.penstock.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A policy's settings of the rules that it names, in general and for each of its profiles. */
final class RuleSettings {
    private final PipelinePolicy policy;
    private final Map<String, RuleSetting> general;
    private final Map<String, Map<String, RuleSetting>> profiles = new LinkedHashMap<>(); // what each refines

    private RuleSettings(PipelinePolicy policy, Map<String, RuleSetting> general) {
        this.policy = policy;
        this.general = general;
    }

    /**
     * The settings of a policy: what it does not say of a rule that it names, the built-in policy does. What a profile says
     * refines what the policy says in general.
     */
    static RuleSettings of(PipelinePolicy policy, PipelinePolicy builtIn) {
        Map<String, ObjectNode> base = new LinkedHashMap<>(builtIn.rules());
        RuleSettings settings = new RuleSettings(policy, refined(policy, "spec.rules.", base, policy.rules()));
        settings.general.forEach((rule, setting) -> base.put(rule, setting.parameters()));
        policy.profiles()
                .forEach((name, layer) -> settings.profiles.put(
                        name, refined(policy, "spec.profiles." + name + ".rules.", base, layer.rules())));
        return settings;
    }

    private static Map<String, RuleSetting> refined(
            PipelinePolicy policy, String path, Map<String, ObjectNode> base, Map<String, ObjectNode> own) {
        Map<String, RuleSetting> settings = new LinkedHashMap<>();
        own.forEach((rule, said) -> {
            ObjectNode parameters = said.objectNode();
            if (base.containsKey(rule)) {
                parameters.setAll(base.get(rule));
            }
            parameters.setAll(said);
            settings.put(rule, new RuleSetting(rule, policy, path + rule, parameters));
        });
        return settings;
    }

    PipelinePolicy policy() {
        return policy;
    }

    /** Its settings by rule where this profile is chosen; one that it does not name refines nothing. */
    Map<String, RuleSetting> of(String profile) {
        Map<String, RuleSetting> refined = new LinkedHashMap<>(general);
        refined.putAll(profiles.getOrDefault(profile, Map.of()));
        return refined;
    }

    /** All of them, the general ones first. */
    List<RuleSetting> all() {
        return Stream.concat(Stream.of(general), profiles.values().stream())
                .flatMap(settings -> settings.values().stream())
                .toList();
    }
}

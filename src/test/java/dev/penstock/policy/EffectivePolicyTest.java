package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Yaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EffectivePolicyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        what the policy does not name    | {}                                          | {action: Warn, forbid: [latest]}
        a rule without settings          | {rules: {imageTag: {}}}                     | {action: Warn, forbid: [latest]}
        its action                       | {rules: {imageTag: {action: Deny}}}         | {action: Deny, forbid: [latest]}
        a parameter                      | {rules: {imageTag: {allow: ['v*']}}}        | {action: Warn, forbid: [latest], allow: ['v*']}
        a list, whole                    | {rules: {imageTag: {forbid: [dev]}}}        | {action: Warn, forbid: [dev]}
        """)
    void takesFromTheBuiltInPolicyWhatARuleDoesNotSay(String story, String spec, String setting) throws Exception {
        assertThat(effective(spec).settings("imageTag"))
                .extracting(RuleSetting::parameters)
                .map(JsonNode.class::cast)
                .containsExactly(Yaml.tree(setting));
    }

    @Test
    void leavesBothPoliciesAsTheyAre() throws Exception {
        PipelinePolicy policy = policy("{rules: {imageTag: {action: Deny}}}");
        PipelinePolicy builtIn = builtIn();
        new PolicySet(List.of(policy), builtIn).effective("ml", Map.of(), "");
        assertThat((JsonNode) policy.rules().get("imageTag")).isEqualTo(Yaml.tree("{action: Deny}"));
        assertThat(builtIn).isEqualTo(builtIn());
    }

    @Test
    void keepsARuleThatTheBuiltInPolicyDoesNotHave() throws Exception {
        assertThat(effective("{rules: {own: {action: Warn}}}").settings("own")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an untagged image           | {image: {tag: stable}} | registry:5000/app           | registry:5000/app:stable
        a tagged one                | {image: {tag: stable}} | app:1                       | app:1
        latest, which was written   | {image: {tag: stable}} | app:latest                  | app:latest
        one with a digest           | {image: {tag: stable}} | app@sha256:HEX              | app@sha256:HEX
        a short name stays short    | {image: {tag: stable}} | app                         | app:stable
        what is no reference        | {image: {tag: stable}} | App                         | App
        a policy without a tag      | {}                     | app                         | app
        """)
    void completesAnImage(String story, String spec, String image, String completed) throws Exception {
        String hex = "0123456789abcdef".repeat(4);
        assertThat(effective(spec).completed(image.replace("HEX", hex))).isEqualTo(completed.replace("HEX", hex));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        latest                      | {}                            | app:latest     | true
        no tag                      | {}                            | app            | true
        a version                   | {}                            | app:1          | false
        a digest                    | {}                            | app@sha256:HEX | false
        latest with a digest        | {}                            | app:latest@sha256:HEX | false
        a tag that the policy names | {image: {mutableTags: [dev]}} | app:dev        | true
        latest, named or not        | {image: {mutableTags: [dev]}} | app:latest     | true
        """)
    void knowsWhatCanChange(String story, String spec, String image, boolean mutable) throws Exception {
        ImageReference reference = ImageReference.parse(image.replace("HEX", "0123456789abcdef".repeat(4)))
                .orElseThrow();
        assertThat(effective(spec).isMutable(reference)).isEqualTo(mutable);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DENY, DENY, DENY", "DENY, WARN, WARN", "WARN, DENY, WARN", "AUDIT, WARN, AUDIT", "DENY, IGNORE, IGNORE"
    })
    void takesTheWeakerAction(Action action, Action cap, Action weaker) {
        assertThat(action.atMost(cap)).isEqualTo(weaker);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Action.class)
    void readsAnActionAsItIsSpelled(Action action) {
        assertThat(Action.of(action.toString())).contains(action);
        assertThat(Action.of(action.name())).isEmpty();
    }

    private static EffectivePolicy effective(String spec) throws InvalidPolicyException {
        return new PolicySet(List.of(policy(spec)), builtIn()).effective("ml", Map.of(), "");
    }

    private static PipelinePolicy builtIn() throws InvalidPolicyException {
        return policy("{containerName: main, task: run, rules: {imageTag: {action: Warn, forbid: [latest]}}}");
    }

    private static PipelinePolicy policy(String spec) throws InvalidPolicyException {
        return PipelinePolicy.read(
                Yaml.tree("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}, spec: "
                        + spec + "}"));
    }
}

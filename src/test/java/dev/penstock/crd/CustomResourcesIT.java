package dev.penstock.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cases.Case;
import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that are shipped, as real API servers understand them. */
@EachControlPlane
class CustomResourcesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String POLICY = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: data-science}
            spec:
              namespaceSelector: {matchLabels: {platform.example.com/kind: data-science}}
              priority: 10
              enforcement: Warn
              task: run-pipeline
              arguments: ["--task", "${task}"]
              image: {tag: stable, mutableTags: [stable, latest]}
              defaults:
                metadata: {labels: {cost-centre: ml}}
                spec:
                  schedule: "H 1 * * *"
                  concurrencyPolicy: Forbid
                  startingDeadlineSeconds: 3600
                  jobTemplate:
                    spec:
                      backoffLimit: 2
                      activeDeadlineSeconds: 14400
                      template:
                        spec:
                          restartPolicy: OnFailure
                          containers:
                            - name: "*"
                              resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 4Gi}}
              profiles:
                training:
                  defaults: {spec: {schedule: "H 2 * * *"}}
                  rules: {resources: {action: Deny, require: [limits.memory]}}
              rules:
                imageTag: {action: Deny, forbid: [latest]}
                imageRegistry: {action: Deny, allow: [registry.example.com/]}
                schedule: {action: Deny, minInterval: 15m}
              exemptions:
                - {namespaces: [legacy], names: ["nightly-*"], rules: [imageTag], reason: "moving to digests, PLAT-212", expires: 2027-03-31}
            """;

    // One key that nobody knows in each kind of object.
    private static final String MISSPELT = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: misspelt}
            spec:
              priorty: 3
              image: {tags: stable}
              namespaceSelector:
                matchLabel: {a: b}
                matchExpressions: [{key: a, operator: Exists, value: b}]
              defaults: {metadata: {label: {a: b}}, spec: {shedule: "@daily"}}
              profiles: {training: {rule: {}, rules: {imageTag: {forbidden: [latest]}}}}
              rules: {imagetag: {action: Deny}, schedule: {interval: 15m}}
              exemptions: [{rules: [imageTag], reason: soon, expire: 2027-03-31}]
            """;

    // Empty values, as a template leaves them, and the edges of what can be said.
    private static final List<String> ACCEPTED = List.of(
            "",
            "{}",
            "{priority: , enforcement: , namespaceSelector: , image: , defaults: , profiles: , rules: , exemptions: , arguments: , task: }",
            "{containerName: , image: {tag: , mutableTags: }, defaults: {metadata: , spec: }}",
            "{containerName: '', task: '', image: {tag: '', mutableTags: []}, arguments: [], exemptions: []}",
            "{namespaceSelector: {matchLabels: , matchExpressions: }, profiles: {training: }}",
            "{rules: {schedule: , deadline: {max: , require: }, retries: {max: 0}, arguments: {maxTasks: 0, allowedTasks: }}}",
            "{rules: {imageTag: {allow: , forbid: []}, imageRegistry: {allow: }, restartPolicy: {allow: }}}",
            "{rules: {resources: {min: {cpu: 0.5, memory: 1Gi, nvidia.com/gpu: 1}, max: {memory: , cpu: 2}, require: }, labels: {require: }}}",
            "{rules: {schedule: {minInterval: 999999999h}, name: {pattern: }}, priority: -2147483648}",
            "{exemptions: [{rules: [imageTag], reason: x, names: , namespaces: , expires: }]}",
            "{exemptions: [{rules: [imageTag], reason: x, names: ['*'], namespaces: [a.b-c], expires: 2027-03-31}]}",
            "{defaults: {spec: {schedule: '${name}', jobTemplate: {spec: {backoffLimit: 2}}}}}");

    private static final List<String> REFUSED = List.of(
            "{containerName: Not_A_Name, image: {tag: 'a b', mutableTags: ['a b']}}",
            "{profiles: {training: {containerName: Not_A_Name, image: {tag: 'a b', mutableTags: ['a b']}}}}",
            "{rules: {schedule: {minInterval: 15 minutes}, deadline: {max: '3'}}}",
            "{rules: {schedule: {minInterval: 0s}, deadline: {max: 9999999999h}}}",
            "{rules: {imageTag: {allow: []}, imageRegistry: {allow: []}, arguments: {allowedTasks: []}, resources: {require: []}}}",
            "{rules: {restartPolicy: {allow: []}, concurrency: {allow: []}}}",
            "{exemptions: [{rules: [], reason: ' ', names: [], namespaces: [], expires: tomorrow}]}",
            "{exemptions: [{rules: [imageTag], reason: x, names: [A_B], namespaces: [A_B]}]}");

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    ControlPlane controlPlane;

    @SuppressWarnings("NullAway.Init") // set before each class
    private Kubectl kubectl;

    static List<String> accepted() {
        return ACCEPTED;
    }

    static List<String> refused() {
        return REFUSED;
    }

    /** What docs/policies.md says of it. */
    static Stream<Arguments> stricter() {
        String exemption = "{rules: [imageTag], reason: x}";
        return Stream.of(
                arguments(
                        "spec.image.mutableTags[1]: Duplicate value: \"stable\"",
                        "{image: {mutableTags: [stable, stable]}}"),
                arguments("spec.rules.imageTag.forbid[1]: Duplicate value", "{rules: {imageTag: {forbid: [a, a]}}}"),
                arguments("spec.profiles: Too many: 101", "{profiles: {" + times(101, "p%s: {}") + "}}"),
                arguments("spec.exemptions: Too many: 101", "{exemptions: [" + times(101, exemption) + "]}"),
                arguments(
                        "spec.image.mutableTags: Too many: 101", "{image: {mutableTags: [" + times(101, "t%s") + "]}}"),
                arguments(
                        "spec.exemptions[0].names: Too many: 101",
                        "{exemptions: [{rules: [imageTag], reason: x, names: [" + times(101, "n%s") + "]}]}"),
                arguments(
                        "spec.exemptions[0].reason: Too long",
                        "{exemptions: [{rules: [imageTag], reason: " + "x".repeat(1025) + "}]}"));
    }

    private static String times(int times, String text) {
        return IntStream.range(0, times).mapToObj(text::formatted).collect(Collectors.joining(", "));
    }

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        kubectl = controlPlane.kubectl();
        kubectl.mustRun(List.of("apply", "-f", "deploy/crds"), "");
        kubectl.mustRun(List.of("wait", "--for=condition=Established", "-f", "deploy/crds", "--timeout=30s"), "");
        Await.until(
                "the API server to explain the resources",
                LIMIT,
                () -> Stream.of("ppol", "pdef")
                        .allMatch(name -> kubectl.run("get", name).succeeded()
                                && kubectl.run("explain", name).succeeded()),
                () -> kubectl.run("explain", "ppol").stderr());
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        kubectl.mustRun(List.of("delete", "-f", "deploy/crds"), "");
    }

    @AfterEach
    void remove() {
        kubectl.mustRun(List.of("delete", "ppol,pdef", "--all"), "");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pipelinepolicies.penstock.dev", "pipelinedefaults.penstock.dev"})
    void leavesNothingForTheApiServerToFillIn(String name) throws IOException {
        ObjectNode stored = Yaml.object(
                kubectl.mustRun(List.of("get", "crd", name, "-o", "json"), "").stdout());
        stored.remove("status");
        ((ObjectNode) stored.path("metadata"))
                .remove(Set.of("annotations", "creationTimestamp", "generation", "resourceVersion", "uid"));

        JsonNode shipped = Yaml.tree(Files.readString(Path.of("deploy", "crds", name + ".yaml")));
        // 0 is 0.0
        Comparator<JsonNode> byValue = (one, other) -> one.isNumber() && other.isNumber()
                ? Double.compare(one.doubleValue(), other.doubleValue())
                : one.equals(other) ? 0 : 1;
        assertThat(stored.equals(byValue, shipped)).as(stored.toPrettyString()).isTrue();
    }

    @Test
    void anotherApplyOfTheDefinitionsChangesNothing() {
        assertNothingChanges(List.of("-f", "deploy/crds"), "");
    }

    @Test
    void takesDocumentsAndThenLeavesThemAlone() throws IOException {
        String builtIn = Files.readString(Path.of("src/main/resources/built-in-policy.yaml"))
                .replace("name: built-in", "name: like-built-in");
        String defaults = """
                apiVersion: penstock.dev/v1alpha1
                kind: PipelineDefaults
                metadata: {name: churn-team, namespace: default}
                spec:
                  arguments: ["--task", "${task}", "--team", churn]
                  defaults: {spec: {timeZone: Europe/Berlin}}
                """;
        String documents = String.join("---\n", builtIn, POLICY, defaults);
        assertThat(kubectl.mustRun(List.of("apply", "-f", "-"), documents)
                        .stdout()
                        .lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith(" created"));
        assertNothingChanges(List.of("-f", "-"), documents);
    }

    private void assertNothingChanges(List<String> what, String stdin) {
        List<String> apply = new ArrayList<>(List.of("apply"));
        apply.addAll(what);
        assertThat(kubectl.mustRun(apply, stdin).stdout().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith(" unchanged"));
        List<String> diff = new ArrayList<>(List.of("diff"));
        diff.addAll(what);
        Kubectl.Result difference = kubectl.run(diff, stdin);
        assertThat(difference.exit())
                .as(difference.stdout() + difference.stderr())
                .isZero();
    }

    @Test
    void takesThePoliciesOfAllCases() {
        List<String> create = new ArrayList<>(List.of("create", "--dry-run=server"));
        Case.all().stream()
                .flatMap(story -> story.policyFile().stream())
                .forEach(file -> create.addAll(List.of("-f", file.toString())));
        Kubectl.Result result = kubectl.run(create, "");
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout().lines()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void takesWhatTheReaderTakes(String spec) {
        ObjectNode document = document(spec);
        assertThat(problems(document)).isEmpty();
        Kubectl.Result result = kubectl.run(List.of("create", "-f", "-"), document.toString());
        assertThat(result.stderr()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void saysWhatTheReaderSays(String spec) {
        ObjectNode document = document(spec);
        List<PolicyProblem> problems = problems(document);
        assertThat(problems).isNotEmpty();
        Kubectl.Result result = kubectl.run(List.of("create", "-f", "-"), document.toString());
        // Of a value, 1.34 shows the type, 1.37 what it is.
        List<String> said = result.stderr()
                .lines()
                .map(line -> line.replaceFirst("^(\\* |.* is invalid: )", ""))
                .filter(line -> line.startsWith("spec."))
                .map(line -> line.replaceFirst(": Invalid value: (\"[^\"]*\": )?", ": ")
                        .replace("profiles[training]", "profiles.training"))
                .toList();
        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(
                        problems.stream().map(PolicyProblem::toString).toList());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"create", "apply", "apply --server-side"})
    void keepsWhatIsMisspelt(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("-f", "-"));
        kubectl.mustRun(arguments, MISSPELT);
        JsonNode stored = Yaml.tree(kubectl.mustRun(List.of("get", "ppol", "misspelt", "-o", "json"), "")
                .stdout());
        assertThat(stored.path("spec")).isEqualTo(Yaml.tree(MISSPELT).path("spec"));
    }

    @Test
    void refusesAnActionThatThereIsNot() {
        assertThat(refusal("{rules: {imageTag: {action: Block}}}"))
                .contains(
                        "spec.rules.imageTag.action: Unsupported value: \"Block\": supported values: \"Audit\", \"Deny\"");
        assertThat(refusal("{enforcement: 'Off'}")).contains("spec.enforcement: Unsupported value: \"Off\"");
    }

    @Test
    void refusesTheNameOfTheBuiltInPolicy() {
        String builtIn = document("{}").toString().replace("\"test\"", "\"built-in\"");
        assertThat(kubectl.run(List.of("create", "-f", "-"), builtIn).stderr())
                .contains("the name built-in is that of the policy below all others: choose another");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stricter")
    void isStricterThanTheReader(String where, String spec) {
        assertThat(problems(document(spec))).isEmpty();
        assertThat(refusal(spec)).contains(where);
    }

    @Test
    void refusesAnExemptionWithoutReasonOrRules() {
        assertThat(refusal("{exemptions: [{}]}"))
                .contains("spec.exemptions[0].reason: Required value", "spec.exemptions[0].rules: Required value");
    }

    @Test
    void explainsTheFields() {
        assertThat(words("pipelinepolicy.spec.rules.schedule"))
                .contains("no two runs are closer than minInterval")
                .contains(
                        "minInterval <string> The least time between a run and the next, a duration such as 90s, 15m or 4h.")
                .contains("enum: Audit, Deny, Ignore, Warn");
        assertThat(words("ppol")).contains("What a platform team decides about pipelines");
        assertThat(words("pdef.spec.defaults")).contains("A CronJob of which anything may be left out");
    }

    private String words(String field) {
        return kubectl.mustRun(List.of("explain", field), "").stdout().replaceAll("\\s+", " ");
    }

    @Test
    void showsWhatBecameOfAPolicy() {
        kubectl.mustRun(List.of("create", "-f", "-"), POLICY);
        kubectl.mustRun(List.of("create", "-f", "-"), """
                {apiVersion: penstock.dev/v1alpha1, kind: PipelineDefaults, metadata: {name: churn-team, namespace: default}}""");
        String condition = """
                {"type": "Ready", "status": "%s", "lastTransitionTime": "2026-01-01T00:00:00Z", "reason": "Applied",
                 "message": "", "observedGeneration": 1}""";
        status("ppol/data-science", """
                {"namespaces": 12, "pipelines": 340, "observedGeneration": 1, "conditions": [%s]}""".formatted(condition.formatted("True")));
        status("pdef/churn-team", """
                {"pipelines": 3, "observedGeneration": 1, "conditions": [%s]}""".formatted(condition.formatted("False")));

        assertThat(table("pipelinepolicies"))
                .startsWith("NAME PRIORITY ENFORCEMENT NAMESPACES READY AGE", "data-science 10 Warn 12 True");
        assertThat(table("pipelinedefaults")).startsWith("NAME READY AGE", "churn-team False");
    }

    private void status(String object, String status) {
        Kubectl.Result result = kubectl.mustRun(
                List.of("patch", object, "--subresource=status", "--type=merge", "-p", "{\"status\": " + status + "}"),
                "");
        assertThat(result.stderr()).isEmpty();
    }

    /** Each line but the head without the last column, which is another from second to second. */
    private List<String> table(String resource) {
        return kubectl.mustRun(List.of("get", resource), "")
                .stdout()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .map(line -> line.startsWith("NAME") ? line : line.substring(0, line.lastIndexOf(' ')))
                .toList();
    }

    private String refusal(String spec) {
        return kubectl.run(List.of("create", "-f", "-"), document(spec).toString())
                .stderr();
    }

    private static ObjectNode document(String spec) {
        ObjectNode document =
                Yaml.object("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}}");
        document.set("spec", spec.isEmpty() ? document.nullNode() : Yaml.tree(spec));
        return document;
    }

    private static List<PolicyProblem> problems(JsonNode document) {
        try {
            return Rules.problems(Documents.read(document));
        } catch (InvalidPolicyException e) {
            return e.problems();
        }
    }
}

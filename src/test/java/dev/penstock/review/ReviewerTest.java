package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Notice;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.rules.Finding;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LABEL = "penstock.dev/pipeline";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        all is well             | {schedule: 0 1 * * *}  | {containers: [{name: a, image: 'a:1'}]}          | -              | -
        no container            | {}                     | {}                                               | containerName  | containerName
        a nameless container    | {}                     | {containers: [{image: 'a:1'}]}                   | containerName  | containerName
        a bad schedule          | {schedule: 0 0 * * 7}  | {containers: [{name: a, image: 'a:1'}]}          | schedule       | schedule
        a malformed H           | {schedule: H(9) * * * *} | {containers: [{name: a, image: 'a:1'}]}        | schedule       | schedule
        a bad zone              | {timeZone: Munich}     | {containers: [{name: a, image: 'a:1'}]}          | timeZone       | timeZone
        a restart policy        | {}                     | {restartPolicy: X, containers: [{name: a, image: 'a:1'}]} | restartPolicy | restartPolicy
        a day that never comes  | {schedule: 0 0 31 2 *} | {containers: [{name: a, image: 'a:1'}]}          | -              | schedule
        a forbidden tag         | {}                     | {containers: [{name: a, image: 'a:latest'}]}     | -              | imageTag
        """)
    void deniesAtOnceWhatTheApiServerWouldRefuse(
            String story, String spec, String podSpec, String mutating, String validating) throws Exception {
        Reviewer reviewer = reviewer("{rules: {imageTag: {action: Deny}}}");
        ObjectNode cronJob = cronJob(spec, podSpec);
        assertThat(denials(reviewer.mutate(review(cronJob, null)))).isEqualTo(mutating);
        assertThat(denials(reviewer.validate(review(cronJob, null)))).isEqualTo(validating);
    }

    @Test
    void deniesAnUnknownProfileAtOnce() throws Exception {
        ObjectNode cronJob = cronJob("{}", "{containers: [{name: a, image: 'a:1'}]}");
        cronJob.withObject("/metadata/labels").put(LABEL, "training");
        assertThat(denials(reviewer("{}").mutate(review(cronJob, null)))).isEqualTo("profile");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        one that the policy has    | training | -        | training
        none                       | default  | -        | default
        none, in the other word    | 'true'   | -        | default
        one that nobody knows      | trainin  | -        | unknown
        no pipeline                | -        | -        | -
        no longer a pipeline       | -        | training | training
        another than before        | default  | training | default
        """)
    void tellsWhichProfileAPipelineChooses(
            String story, @Nullable String label, @Nullable String old, @Nullable String profile) throws Exception {
        ObjectNode now = label == null ? unlabelled() : labelled(label);
        Review review = review(now, old == null ? null : labelled(old));
        Reviewer reviewer = reviewer("{profiles: {training: {task: train}}}");
        assertThat(Stream.of(
                        reviewer.requireLabel(review),
                        reviewer.validate(review),
                        reviewer.mutate(review),
                        reviewer.review(review)))
                .extracting(Verdict::profile)
                .containsOnly(Optional.ofNullable(profile));
    }

    static Stream<BiFunction<Reviewer, Review, Verdict>> reviews() {
        return Stream.of(Reviewer::mutate, Reviewer::validate, Reviewer::requireLabel);
    }

    /** The labels of the namespace are asked for once: another time, they may be others. */
    @ParameterizedTest
    @MethodSource("reviews")
    void tellsWhichPoliciesItWentBy(BiFunction<Reviewer, Review, Verdict> how) throws Exception {
        PolicyDocument policy = PipelinePolicy.read(Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: test}
                spec: {namespaceSelector: {matchLabels: {team: a}}, profiles: {training: {task: train}}}
                """));
        Iterator<Map<String, String>> labels = List.of(Map.of("team", "a")).iterator();
        Verdict verdict =
                how.apply(Reviewer.of(List.of(policy), namespace -> labels.next()), review(labelled("training"), null));
        assertThat(verdict.policies()).containsExactly("test", "built-in");
        assertThat(verdict.profile()).contains("training");
    }

    private static ObjectNode unlabelled() {
        ObjectNode cronJob = labelled("default");
        cronJob.withObject("/metadata").remove("labels");
        return cronJob;
    }

    @Test
    void deniesWithAllFindings() throws Exception {
        Verdict verdict = reviewer("{rules: {imageTag: {action: Deny}}}")
                .mutate(review(
                        cronJob("{schedule: x, timeZone: x, startingDeadlineSeconds: 1}", "{containers: [{image: a}]}"),
                        null));
        assertThat(verdict.isDenied()).isTrue();
        assertThat(verdict.findings())
                .extracting(Finding::rule)
                .containsExactly("schedule", "timeZone", "missedRuns", "containerName", "imageTag", "arguments");
        assertThat(verdict.findings(Action.WARN)).extracting(Finding::rule).containsExactly("missedRuns", "arguments");
        assertThat(verdict.patch()).isEmpty();
        assertThat(verdict.changes()).isEmpty();
        assertThat(verdict.notices()).isEmpty();
    }

    /** Its own container gone, such as by an apply, and there only the one that the policy had put beside it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        that the annotation made   | {penstock.dev/image: 'a:1'} | {}
        that the author had        | {}                          | {containers: [{name: a, image: 'a:1'}]}
        """)
    void deniesAPipelineThatIsLeftWithASidecar(String story, String annotations, String podSpec) throws Exception {
        Reviewer reviewer = reviewer("""
                {defaults: {spec: {schedule: 0 3 * * *, jobTemplate: {spec: {template: {spec:
                  {restartPolicy: Never, containers: [{name: sidecar, image: 's:1', args: [proxy]}]}}}}}}}""");
        ObjectNode stored = cronJob("{}", podSpec);
        stored.withObject("/metadata").set("annotations", Yaml.tree(annotations));
        assertThat(reviewer.mutate(review(stored, null)).isDenied()).isFalse();

        ObjectNode left = stored.deepCopy();
        left.withObject("/metadata/annotations").remove("penstock.dev/image");
        left.withObject("/metadata/annotations").put("penstock.dev/refresh", "1");
        ((ArrayNode) Yaml.podSpec(left).path("containers"))
                .removeIf(container -> container.path("name").asText().equals("a"));
        assertThat(denials(reviewer.mutate(review(left, stored)))).isEqualTo("containerName");

        Review offline = new Review(cronJob("{}", "{}"), stored, "ml", new Review.File(), NOW);
        assertThat(denials(reviewer.mutate(offline))).isEqualTo("containerName");
    }

    @Test
    void deniesNothingEarlyThatIsAWarning() throws Exception {
        Reviewer reviewer = reviewer("{rules: {schedule: {action: Warn}}}");
        ObjectNode cronJob = cronJob("{schedule: x}", "{containers: [{name: a, image: 'a:1'}]}");
        assertThat(reviewer.mutate(review(cronJob, null)).findings()).isEmpty();
        assertThat(reviewer.validate(review(cronJob, null)).findings(Action.WARN))
                .extracting(Finding::rule)
                .contains("schedule");
    }

    @Test
    void fillsInAndTellsOfIt() throws Exception {
        ObjectNode cronJob = cronJob(
                "{schedule: H 2 * * *}", "{restartPolicy: Never, containers: [{name: a, image: a, args: [x]}]}");
        Verdict verdict = reviewer("{image: {tag: stable}, defaults: {spec: {suspend: true}}}")
                .mutate(review(cronJob, null));
        assertThat(verdict.changes())
                .extracting(
                        change -> change.path().toString().replaceFirst("spec[.]jobTemplate.*containers", "containers"))
                .containsExactly(
                        "spec.suspend", "containers[0].image", "containers[0].imagePullPolicy", "spec.schedule");
        assertThat(verdict.patch()).hasSize(5); // and what is remembered
        assertThat(verdict.notices())
                .extracting(Notice::path)
                .map(Object::toString)
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .containsExactly("image", "schedule");
        assertThat(verdict.findings()).isEmpty();
    }

    @Test
    void leavesAnUnlabelledCronJobAlone() throws Exception {
        ObjectNode cronJob =
                Yaml.object("{metadata: {name: x, annotations: {penstock.dev/image: a}}, spec: {schedule: H}}");
        ObjectNode sent = cronJob.deepCopy();
        Reviewer reviewer = reviewer("{}");
        assertThat(reviewer.mutate(review(cronJob, null))).isEqualTo(Verdict.NOTHING);
        assertThat(reviewer.validate(review(cronJob, null))).isEqualTo(Verdict.NOTHING);
        assertThat(reviewer.validate(review(cronJob, sent))).isEqualTo(Verdict.NOTHING);
        assertThat((JsonNode) cronJob).isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        taken off                     | null    | default | labelRemoved
        never there                   | null    | null    | -
        put on                        | default | null    | -
        there                         | default | default | -
        an old one with another value | null    | gone    | labelRemoved
        """)
    void warnsWhereTheLabelIsTakenOff(String story, String label, String old, String rules) throws Exception {
        Reviewer reviewer = reviewer("{arguments: [x]}");
        Review review = review(labelled(label), labelled(old));
        assertThat(reviewer.mutate(review).isDenied()).isFalse();
        Verdict verdict = reviewer.validate(review);
        assertThat(verdict.isDenied()).isFalse();
        assertThat(join(verdict)).isEqualTo(rules);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same                       | [{name: a, image: a}]                              | [{name: a, image: a}] | Warn
        another value                  | [{name: a, image: b}]                              | [{name: a, image: a}] | Deny
        another container, same value  | [{name: b, image: a}]                              | [{name: a, image: a}] | Deny
        a container put in front       | [{name: n, image: 'n:1'}, {name: a, image: a}]     | [{name: a, image: a}] | Warn
        containers in another order    | [{name: b, image: 'b:1'}, {name: a, image: a}]     | [{name: a, image: a}, {name: b, image: 'b:1'}] | Warn
        in the old one another kind    | [{name: a, image: a}]                              | [{name: a, image: 'a:latest'}] | Deny
        nothing wrong before           | [{name: a, image: a}]                              | [{name: a, image: 'a:1'}] | Deny
        """)
    void loosensWhatTheOldObjectHadToo(String story, String containers, String old, String action) throws Exception {
        Reviewer reviewer = reviewer("{rules: {imageTag: {action: Deny}, arguments: {action: Ignore}}}");
        Verdict verdict = reviewer.validate(review(ofContainers(containers), ofContainers(old)));
        assertThat(verdict.findings()).extracting(Finding::rule).containsExactly("imageTag");
        assertThat(verdict.findings())
                .extracting(Finding::action)
                .containsExactly(Action.of(action).orElseThrow());
    }

    @Test
    void loosensOneOfTwoFindings() throws Exception {
        Verdict verdict = reviewer("{rules: {imageTag: {action: Deny}, arguments: {action: Ignore}}}")
                .validate(review(
                        ofContainers("[{name: new, image: a}, {name: a, image: a}]"),
                        ofContainers("[{name: a, image: a}]")));
        assertThat(verdict.findings()).extracting(Finding::action).containsExactly(Action.DENY, Action.WARN);
        assertThat(verdict.isDenied()).isTrue();
    }

    @Test
    void loosensNothingWhereTheOldObjectWasNoPipeline() throws Exception {
        ObjectNode old = ofContainers("[{name: a, image: a}]");
        old.withObject("/metadata").remove("labels");
        Reviewer reviewer = reviewer("{rules: {imageTag: {action: Deny}, arguments: {action: Ignore}}}");
        assertThat(reviewer.validate(review(ofContainers("[{name: a, image: a}]"), old))
                        .isDenied())
                .isTrue();
    }

    @Test
    void loosensWhenItFillsInToo() throws Exception {
        ObjectNode broken = cronJob("{schedule: 0 0 * * 7}", "{containers: [{name: a, image: 'a:1', args: [x]}]}");
        ObjectNode refreshed = broken.deepCopy();
        refreshed.withObject("/metadata/annotations").put("penstock.dev/refresh", "1");
        Verdict verdict = reviewer("{}").mutate(review(refreshed, broken));
        assertThat(verdict.isDenied()).isFalse();
        assertThat(verdict.changes()).isNotEmpty();
    }

    @Test
    void loosensNothingOfADefaultThatMoved() throws Exception {
        Reviewer reviewer = reviewer("{defaults: {spec: {schedule: '*/6 * * * *'}},"
                + " rules: {schedule: {action: Deny, minInterval: 15m}, arguments: {action: Ignore}}}");
        ObjectNode old =
                cronJob("{schedule: '*/5 * * * *'}", "{restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}");
        old.withObject("/metadata/annotations").put("penstock.dev/defaulted", "{\"spec.schedule\":\"policy test\"}");
        ObjectNode refreshed = old.deepCopy();
        refreshed.withObject("/metadata/annotations").put("penstock.dev/refresh", "1");

        assertThat(denials(reviewer.review(review(refreshed, old)))).isEqualTo("schedule");
        assertThat(reviewer.review(review(old.deepCopy(), old)).isDenied()).isFalse();
    }

    @Test
    void makesNoFindingStronger() throws Exception {
        ObjectNode cronJob = ofContainers("[{name: a, image: a}]");
        Verdict verdict = reviewer("{rules: {imageTag: {action: Audit}, arguments: {action: Ignore}}}")
                .validate(review(cronJob, cronJob.deepCopy()));
        assertThat(verdict.findings()).extracting(Finding::action).containsExactly(Action.AUDIT);
    }

    @Test
    void doesBothInOneReview() throws Exception {
        Reviewer reviewer = reviewer("{rules: {imageTag: {action: Deny}}}");
        Verdict denied = reviewer.review(review(cronJob("{}", "{containers: [{name: a, image: a}]}"), null));
        assertThat(denials(denied)).isEqualTo("imageTag");
        assertThat(denied.changes()).isEmpty();
        Verdict early = reviewer.review(review(cronJob("{schedule: x}", "{}"), null));
        assertThat(denials(early)).isEqualTo("schedule, containerName");
        Verdict allowed = reviewer.review(review(cronJob("{}", "{containers: [{name: a, image: 'a:1'}]}"), null));
        assertThat(allowed.findings()).extracting(Finding::rule).containsExactly("arguments");
        assertThat(allowed.changes()).isNotEmpty();
        assertThat(allowed.patch()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the author's           | {restartPolicy: Never} | {}                              | supported values: "OnFailure"; leave out a podFailurePolicy, which needs Never (rule
        a policy's             | {}                     | {}                              | supported values: "OnFailure"; leave out a podFailurePolicy, which needs Never; filled in: policy test (rule
        for what needs it      | {}                     | {podFailurePolicy: {rules: []}} | supported values: "OnFailure"; leave out a podFailurePolicy, which needs Never (rule
        """)
    void tellsWhereAValueCameFrom(String story, String podSpec, String job, String message) throws Exception {
        ObjectNode cronJob = cronJob("{}", podSpec);
        cronJob.withObject("/spec/jobTemplate/spec").setAll(Yaml.object(job));
        cronJob.withObject("/spec/jobTemplate/spec/template/spec")
                .set("containers", Yaml.tree("[{name: a, image: 'a:1'}]"));
        Verdict verdict = reviewer("{rules: {restartPolicy: {allow: [OnFailure]}, arguments: {action: Ignore}}}")
                .review(review(cronJob, null));
        assertThat(verdict.findings())
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo("Unsupported value: \"Never\": " + message + " restartPolicy)");
    }

    /** In a manifest as its author sends it, as the API server fills it in, and when that comes again. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        alone                     | {podFailurePolicy: F}                                              | {}                                              | Never, laid
        beside a restart policy   | {template: {spec: {restartPolicy: OnFailure}}, podFailurePolicy: F} | {}                                             | OnFailure
        beside the author's Never | {template: {spec: {restartPolicy: OnFailure}}, podFailurePolicy: F} | {template: {spec: {restartPolicy: Never}}}     | Never, laid
        beside the author's other | {podFailurePolicy: F}                                              | {template: {spec: {restartPolicy: OnFailure}}}  | OnFailure
        refused for another field | {podFailurePolicy: F}                                              | {podReplacementPolicy: TerminatingOrFailed}     | OnFailure
        of indexes without number | {completionMode: Indexed, backoffLimitPerIndex: 1, podFailurePolicy: {rules: [{action: FailIndex}]}} | {} | OnFailure
        """)
    void laysAFailurePolicyBesideNever(String story, String policy, String job, String filled) throws Exception {
        Reviewer reviewer = reviewer("{defaults: {spec: {jobTemplate: {spec: "
                + policy.replace("F}", "{rules: [{action: Ignore}]}}") + "}}}}");
        ObjectNode object = Yaml.pipeline("{jobTemplate: {spec: " + job + "}}");
        ObjectNode podSpec = object.withObject("/spec/jobTemplate/spec/template/spec");
        podSpec.set("containers", Yaml.tree("[{name: a, image: 'a:1'}]"));
        ObjectNode sent = object.deepCopy();
        reviewer.mutate(review(object, null));
        assertThat(restartsAndFails(object)).isEqualTo(filled);
        if (!Yaml.podSpec(sent).has("restartPolicy")) {
            sent.withObject("/spec/jobTemplate/spec/template/spec").put("restartPolicy", "Always");
            reviewer.mutate(review(sent, null));
            assertThat(restartsAndFails(sent)).isEqualTo(filled);
        }
        ObjectNode again = object.deepCopy();
        again.withObject("/metadata/annotations").put("penstock.dev/refresh", "1");
        assertThat(reviewer.mutate(review(again, object)).changes()).isEmpty();
    }

    @Test
    void laysWhatAnotherLayerSaysWhereTheFirstIsRefused() throws Exception {
        Reviewer reviewer = reviewer("""
                {profiles: {p: {defaults: {spec: {jobTemplate: {spec: {completionMode: Indexed}}}}}},
                 defaults: {spec: {jobTemplate: {spec: {completionMode: NonIndexed}}}}}""");
        ObjectNode first = cronJob("{}", "{containers: [{name: a, image: 'a:1'}]}");
        first.withObject("/metadata/labels").put("penstock.dev/pipeline", "p");
        reviewer.mutate(review(first, null));
        assertThat(first.at("/spec/jobTemplate/spec/completionMode").asText()).isEqualTo("NonIndexed");
        ObjectNode again = first.deepCopy();
        again.withObject("/metadata/annotations").put("penstock.dev/refresh", "1");
        assertThat(reviewer.mutate(review(again, first)).changes()).isEmpty();
    }

    private static String restartsAndFails(ObjectNode cronJob) {
        String restarts = Yaml.podSpec(cronJob).path("restartPolicy").asText();
        return restarts + (cronJob.at("/spec/jobTemplate/spec").has("podFailurePolicy") ? ", laid" : "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        what a policy fills in   | {}                                    | {name: a, image: 'a:1'}                             | allowed tasks: train; name one in penstock.dev/task, without args; filled in: policy built-in (rule arguments)
        what an annotation names | {annotations: {penstock.dev/task: x}} | {name: a, image: 'a:1'}                             | allowed tasks: train (rule arguments)
        what the author wrote    | {}                                    | {name: a, image: 'a:1', args: [--task, run-pipeline]} | allowed tasks: train; name one in penstock.dev/task, without args (rule arguments)
        """)
    void tellsOfATaskThatNobodyNamedWhereToNameOne(String story, String metadata, String container, String message)
            throws Exception {
        Reviewer reviewer =
                reviewer("{arguments: [--task, '${task}'], rules: {arguments: {action: Deny, allowedTasks: [train]}}}");
        ObjectNode cronJob = cronJob("{}", "{containers: [" + container + "]}");
        cronJob.withObject("/metadata").setAll(Yaml.object(metadata));
        assertThat(reviewer.review(review(cronJob, null)).findings(Action.DENY))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .endsWith(": " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        into the built-in arguments | {}                                   | {name: a, image: 'a:1'}                        | ; name one in penstock.dev/task, without args; filled in: policy test
        into a team's arguments     | {arguments: [-v, --task, '${task}']} | {name: a, image: 'a:1'}                        | ; name one in penstock.dev/task, without args; filled in: policy test
        named by a team             | {task: eval}                         | {name: a, image: 'a:1'}                        | ; name one in penstock.dev/task, without args; filled in: defaults team
        written by the author       | {}                                   | {name: a, image: 'a:1', args: [--task, score]} | ; name one in penstock.dev/task, without args
        another of the author's     | {}                                   | {name: a, image: 'a:1', args: [--task, x]}     | ``
        """)
    void tellsWhoNamedATask(String story, String defaults, String container, String message) throws Exception {
        Reviewer reviewer = Reviewer.of(
                Documents.policy("test", "{task: score, rules: {arguments: {action: Deny, allowedTasks: [train]}}}"),
                Documents.defaults("team", defaults));
        ObjectNode cronJob = cronJob("{}", "{containers: [" + container + "]}");
        assertThat(reviewer.review(review(cronJob, null)).findings(Action.DENY))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .endsWith(": allowed tasks: train" + message + " (rule arguments)");
    }

    @Test
    void tellsWhoseContainerLacksAnything() throws Exception {
        Reviewer reviewer = reviewer("""
                {defaults: {spec: {jobTemplate: {spec: {template: {spec: {initContainers: [{name: fetch, image: 'b:1'}]}}}}}},
                 rules: {resources: {action: Deny, require: [limits.memory]}, arguments: {action: Ignore}}}""");
        ObjectNode cronJob =
                cronJob("{}", "{containers: [{name: a, image: 'a:1', resources: {limits: {memory: 1Gi}}}]}");
        assertThat(reviewer.review(review(cronJob, null)).findings(Action.DENY))
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo("Required value: say how much; filled in: policy test (rule resources)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a restart policy | {restartPolicy: {allow: [OnFailure]}, arguments: {action: Ignore}} | {}
        arguments        | {arguments: {action: Deny, allowedTasks: [train]}}                 | {}
        beside another   | {restartPolicy: {allow: [OnFailure]}, arguments: {action: Ignore}} | {podFailurePolicy: {rules: []}}
        """)
    void loosensThoughTheAuthorNowWritesWhatWasFilledIn(String story, String rules, String job) throws Exception {
        ObjectNode old = cronJob("{}", "{containers: [{name: a, image: 'a:1'}]}");
        Reviewer filling = reviewer("{arguments: [--task, '${task}']}");
        Reviewer reviewer = reviewer("{arguments: [--task, '${task}'], rules: " + rules + "}");
        assertThat(filling.mutate(review(old, null)).isDenied()).isFalse();
        assertThat(reviewer.validate(review(old, null)).isDenied()).isTrue();
        ObjectNode written = old.deepCopy();
        written.withObject("/metadata/annotations").remove("penstock.dev/defaulted");
        written.withObject("/spec/jobTemplate/spec").setAll(Yaml.object(job));
        assertThat(reviewer.validate(review(written, old)).isDenied()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        labels                   | {metadata: {labels: []}}                                                   | metadata.labels:
        the label                | {metadata: {labels: {penstock.dev/pipeline: true}}}                        | metadata.labels[penstock.dev/pipeline]:
        an annotation            | {metadata: {labels: {penstock.dev/pipeline: a}, annotations: {penstock.dev/image: 1}}} | metadata.annotations[penstock.dev/image]:
        the spec                 | {metadata: {labels: {penstock.dev/pipeline: a}}, spec: []}                 | spec:
        the schedule             | {metadata: {labels: {penstock.dev/pipeline: a}}, spec: {schedule: [a]}}    | spec.schedule:
        """)
    void namesTheWrongType(String story, String object, String named) throws Exception {
        Reviewer reviewer = reviewer("{}");
        Review review = review(Yaml.object(object), null);
        assertThatThrownBy(() -> reviewer.mutate(review))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageStartingWith(named);
    }

    @Test
    void hasTheBuiltInPolicy() throws Exception {
        ObjectNode cronJob = cronJob("{}", "{}");
        cronJob.withObject("/metadata/annotations").put("penstock.dev/image", "a:1");
        Verdict verdict = Reviewer.of().review(review(cronJob, null));
        assertThat(verdict.findings()).isEmpty();
        assertThat(Yaml.podSpec(cronJob).at("/containers/0/args")).isEqualTo(Yaml.tree("[--task, run-pipeline]"));
    }

    @Test
    void refusesAPolicyThatNoRuleUnderstands() {
        assertThatThrownBy(() -> reviewer("{rules: {imageTags: {action: Deny}}}"))
                .isInstanceOf(InvalidPolicyException.class);
    }

    private static Reviewer reviewer(String spec) throws InvalidPolicyException {
        ObjectNode document = Yaml.object("""
                apiVersion: penstock.dev/v1alpha1
                kind: PipelinePolicy
                metadata: {name: test}
                spec:
                  arguments: []
                  defaults:
                    spec: {schedule: 0 3 * * *, jobTemplate: {spec: {template: {spec: {restartPolicy: Never}}}}}
                """);
        ObjectNode own = Yaml.object(spec);
        if (own.has("defaults")) {
            document.withObject("/spec/defaults/spec").setAll((ObjectNode) own.at("/defaults/spec"));
            own.remove("defaults");
        }
        document.withObject("/spec").setAll(own);
        return Reviewer.of(PipelinePolicy.read(document));
    }

    private static Review review(ObjectNode object, @Nullable ObjectNode old) {
        return new Review(object, old, "ml", new Review.Request(""), NOW);
    }

    private static ObjectNode cronJob(String spec, String podSpec) {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/spec").setAll(Yaml.object(spec));
        return cronJob;
    }

    private static ObjectNode ofContainers(String containers) {
        return cronJob("{schedule: 0 1 * * *}", "{restartPolicy: Never, containers: " + containers + "}");
    }

    private static ObjectNode labelled(String label) {
        ObjectNode cronJob = cronJob(
                "{schedule: 0 1 * * *}", "{restartPolicy: Never, containers: [{name: a, image: 'a:1', args: [x]}]}");
        cronJob.withObject("/metadata").set("labels", Yaml.tree("{" + LABEL + ": " + label + "}"));
        return cronJob;
    }

    private static String denials(Verdict verdict) {
        return verdict.isDenied()
                ? verdict.findings(Action.DENY).stream().map(Finding::rule).collect(Collectors.joining(", "))
                : "-";
    }

    private static String join(Verdict verdict) {
        return verdict.findings().isEmpty()
                ? "-"
                : verdict.findings().stream().map(Finding::rule).collect(Collectors.joining(", "));
    }
}

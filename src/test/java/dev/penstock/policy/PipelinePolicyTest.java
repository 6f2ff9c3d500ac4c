package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Yaml;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelinePolicyTest {

    @Test
    void readsEverything() throws InvalidPolicyException {
        PipelinePolicy policy = PipelinePolicy.read(Yaml.tree("""
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: data-science, labels: {team: ml}}
            spec:
              namespaceSelector: {matchLabels: {kind: ml}}
              priority: -3
              enforcement: Audit
              containerName: main
              task: score
              arguments: [--task, "${task}"]
              image: {tag: stable, mutableTags: [stable, nightly]}
              defaults: {spec: {schedule: "H 1 * * *"}}
              profiles:
                training: {task: train, image: {tag: v1}, defaults: {spec: {schedule: "@daily"}}, rules: {imageTag: {x: 1}}}
              rules: {imageTag: {action: Deny}, anything: {x: 1}}
              exemptions:
                - {namespaces: [legacy], names: ["nightly-*"], rules: [imageTag], reason: PLAT-212, expires: 2027-03-31}
            status: {observedGeneration: 1}
            """));
        assertThat(policy.id()).hasToString("PipelinePolicy data-science");
        assertThat(policy.reason()).hasToString("policy data-science");
        assertThat(policy.namespaceSelector().matches(Map.of("kind", "ml"))).isTrue();
        assertThat(policy.priority()).isEqualTo(-3);
        assertThat(policy.enforcement()).isEqualTo(Action.AUDIT);
        Layer general = policy.general();
        assertThat(general.containerName()).isEqualTo("main");
        assertThat(general.task()).isEqualTo("score");
        assertThat(general.arguments()).containsExactly("--task", "${task}");
        assertThat(general.imageTag()).isEqualTo("stable");
        assertThat(general.mutableTags()).containsExactlyInAnyOrder("stable", "nightly");
        assertThat((JsonNode) general.defaults()).isEqualTo(Yaml.tree("{spec: {schedule: 'H 1 * * *'}}"));
        assertThat(general.rules()).containsOnlyKeys("imageTag", "anything");
        assertThat(policy.profiles()).containsOnlyKeys("training");
        assertThat(policy.layers("training")).extracting(Layer::task).containsExactly("train", "score");
        assertThat(policy.layers("other")).containsExactly(general);
        assertThat(policy.exemptions())
                .containsExactly(new Exemption(
                        Glob.of(List.of("legacy")),
                        Glob.of(List.of("nightly-*")),
                        List.of("imageTag"),
                        "PLAT-212",
                        LocalDate.of(2027, 3, 31)));
    }

    /** The API server takes it out before it stores the policy. */
    @Test
    void doesNotSeeWhatIsNullInARule() throws InvalidPolicyException {
        PipelinePolicy policy = PipelinePolicy.read(document("{rules: {retries: {action: null, max: 2}}}"));
        assertThat(policy.rules()).isEqualTo(Map.of("retries", Yaml.object("{max: 2}")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        all left out   | {}
        all null       | {namespaceSelector: null, priority: null, enforcement: null, containerName: null, task: null, arguments: null, image: null, defaults: null, profiles: null, rules: null, exemptions: null}
        an empty image | {image: {}}
        empty texts    | {containerName: '', task: '', image: {tag: ''}}
        """)
    void saysNothingOfWhatIsLeftOut(String story, String spec) throws InvalidPolicyException {
        PipelinePolicy policy = PipelinePolicy.read(document(spec));
        assertThat(policy.namespaceSelector().matches(Map.of())).isTrue();
        assertThat(policy.priority()).isZero();
        assertThat(policy.enforcement()).isEqualTo(Action.DENY);
        assertThat(policy.general())
                .isEqualTo(new Layer(null, null, null, null, Set.of(), Yaml.object("{}"), Map.of()));
        assertThat(policy.profiles()).isEmpty();
        assertThat(policy.exemptions()).isEmpty();
    }

    @Test
    void tellsNoArgumentsFromNothingSaid() throws InvalidPolicyException {
        assertThat(PipelinePolicy.read(document("{arguments: []}")).general().arguments())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an unknown key                     | {tasks: [a]}                               | spec.tasks
        a priority that is no number       | {priority: high}                           | spec.priority
        a priority that is a fraction      | {priority: 1.5}                            | spec.priority
        an unknown enforcement             | {enforcement: Strict}                      | spec.enforcement
        an enforcement that YAML misreads  | {enforcement: off}                         | spec.enforcement
        a container's name in capitals     | {containerName: Main}                      | spec.containerName
        a tag that is none                 | {image: {tag: 'a:b'}}                      | spec.image.tag
        a glob for a tag that moves        | {image: {mutableTags: ['v*']}}             | spec.image.mutableTags
        an unknown key of a profile        | {profiles: {gpu: {priority: 1}}}           | spec.profiles.gpu.priority
        a profile that is no object        | {profiles: {gpu: x}}                       | spec.profiles.gpu
        a profile called default           | {profiles: {default: {}}}                  | spec.profiles.default
        a profile called true              | {profiles: {true: {}}}                     | spec.profiles.true
        a profile called none              | {profiles: {none: {}}}                     | spec.profiles.none
        a profile called other             | {profiles: {other: {}}}                    | spec.profiles.other
        a profile called unknown           | {profiles: {unknown: {}}}                  | spec.profiles.unknown
        a profile that no label can name   | {profiles: {'a b': {}}}                    | spec.profiles.a b
        profiles in a list                 | {profiles: [{name: gpu}]}                  | spec.profiles
        a profile's unknown placeholder    | {profiles: {gpu: {arguments: ['${a}']}}}   | spec.profiles.gpu.arguments[0]
        a rule's unknown action            | {rules: {imageTag: {action: Refuse}}}      | spec.rules.imageTag.action
        an action in another case          | {rules: {imageTag: {action: deny}}}        | spec.rules.imageTag.action
        an action that YAML misreads       | {rules: {imageTag: {action: off}}}         | spec.rules.imageTag.action
        a selector's unknown key           | {namespaceSelector: {labels: {}}}          | spec.namespaceSelector.labels
        a label's value that is a number   | {namespaceSelector: {matchLabels: {a: 1}}} | spec.namespaceSelector.matchLabels.a
        a key that is none                 | {namespaceSelector: {matchLabels: {'a b': c}}} | spec.namespaceSelector.matchLabels.a b
        a value that is none               | {namespaceSelector: {matchLabels: {a: 'b c'}}} | spec.namespaceSelector.matchLabels.a
        expressions that are no list       | {namespaceSelector: {matchExpressions: {}}} | spec.namespaceSelector.matchExpressions
        an expression without a key        | {namespaceSelector: {matchExpressions: [{operator: Exists}]}} | spec.namespaceSelector.matchExpressions[0].key
        an unknown operator                | {namespaceSelector: {matchExpressions: [{key: a, operator: Has}]}} | spec.namespaceSelector.matchExpressions[0].operator
        In of nothing                      | {namespaceSelector: {matchExpressions: [{key: a, operator: In}]}} | spec.namespaceSelector.matchExpressions[0].values
        Exists with a value                | {namespaceSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}} | spec.namespaceSelector.matchExpressions[0].values
        an exemption without a reason      | {exemptions: [{rules: [a]}]}               | spec.exemptions[0].reason
        a blank reason                     | {exemptions: [{rules: [a], reason: ' '}]}  | spec.exemptions[0].reason
        an exemption from nothing          | {exemptions: [{reason: x}]}                | spec.exemptions[0].rules
        an exemption's unknown key         | {exemptions: [{rules: [a], reason: x, until: y}]} | spec.exemptions[0].until
        a day that there is not            | {exemptions: [{rules: [a], reason: x, expires: 2027-02-29}]} | spec.exemptions[0].expires
        a time for a day                   | {exemptions: [{rules: [a], reason: x, expires: '2027-03-01T00:00:00Z'}]} | spec.exemptions[0].expires
        a bracket in a glob                | {exemptions: [{rules: [a], reason: x, names: ['a[b]']}]} | spec.exemptions[0].names
        an empty glob                      | {exemptions: [{rules: [a], reason: x, namespaces: ['']}]} | spec.exemptions[0].namespaces
        no names                           | {exemptions: [{rules: [a], reason: x, names: []}]} | spec.exemptions[0].names
        an unknown key of the image        | {image: {tags: [a]}}                       | spec.image.tags
        a number for a text                | {task: 5}                                  | spec.task
        a placeholder in a task            | {task: '${name}'}                          | spec.task
        a placeholder's escape in a task   | {task: 'a-$${'}                            | spec.task
        a task with the end of its line    | {task: "train\\n"}                         | spec.task
        a task of a blank                  | {task: ' '}                                | spec.task
        a placeholder in a profile's task  | {profiles: {gpu: {task: 'a-${profile}'}}}  | spec.profiles.gpu.task
        a text for a list                  | {arguments: x}                             | spec.arguments
        an object for a list               | {arguments: {a: b}}                        | spec.arguments
        a number in a list of texts        | {image: {mutableTags: [a, 1.0]}}           | spec.image.mutableTags
        a list for an object               | {defaults: []}                             | spec.defaults
        a text for an object               | {image: stable}                            | spec.image
        a rule that is no object           | {rules: {imageTag: Deny}}                  | spec.rules.imageTag
        rules that are no object           | {rules: [imageTag]}                        | spec.rules
        an unknown placeholder             | {arguments: [a, '${user}']}                | spec.arguments[1]
        an unknown placeholder, deep below | {defaults: {spec: {jobTemplate: {spec: {template: {spec: {tolerations: [{key: '${Task}'}]}}}}}}} | spec.defaults.spec.jobTemplate.spec.template.spec.tolerations[0].key
        a placeholder that is not closed   | {defaults: {a: '${task'}}                  | spec.defaults.a
        """)
    void namesWhatIsWrongByItsPath(String story, String spec, String path) {
        assertThat(problems(document(spec))).extracting(PolicyProblem::path).containsOnly(path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an enforcement that YAML misreads | {enforcement: off}             | spec.enforcement: must be one of Deny, Warn, Audit, Ignore
        an action that YAML misreads      | {rules: {retries: {action: off}}}  | spec.rules.retries.action: must be one of Deny, Warn, Audit, Ignore
        an operator in another case       | {namespaceSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}} | spec.namespaceSelector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist
        an operator that is left out      | {namespaceSelector: {matchExpressions: [{key: a, values: [b]}]}} | spec.namespaceSelector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist
        """)
    void saysOnceWhatIsNoneOfTheChoices(String story, String spec, String problem) {
        assertThat(problems(document(spec))).extracting(PolicyProblem::toString).containsExactly(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another kind         | {apiVersion: penstock.dev/v1alpha1, kind: CronJob, metadata: {name: a}}        | kind
        another version      | {apiVersion: penstock.dev/v1, kind: PipelinePolicy, metadata: {name: a}}       | apiVersion
        no kind              | {apiVersion: penstock.dev/v1alpha1, metadata: {name: a}}                       | kind
        no name              | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {}}        | metadata.name
        a name that is a number | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: 5}} | metadata.name
        a name with capitals | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: Own}}  | metadata.name
        a namespace          | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: a, namespace: ml}} | metadata.namespace
        metadata that is a text | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: a}      | metadata.name
        an unknown key at the top | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: a}, data: {}} | data
        a spec that is a list | {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: a}, spec: []} | spec
        """)
    void refusesAnotherDocument(String story, String document, String path) {
        assertThat(problems(Yaml.tree(document)))
                .extracting(PolicyProblem::path)
                .containsOnly(path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a list    | [a]
        a text    | a
        a number  | 5
        null      | null
        nothing   | ``
        """)
    void refusesWhatIsNoDocument(String story, String document) {
        assertThat(problems(Yaml.tree(document)))
                .extracting(PolicyProblem::path)
                .contains("kind", "metadata.name");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a rule that it does not set        | {rules: {schedule: {}}, exemptions: [{rules: [imageTag], reason: x}]} | spec.exemptions[0].rules: this policy sets none of them, so that it waives nothing
        where it sets none at all          | {exemptions: [{rules: [imageTag, name], reason: x}]} | spec.exemptions[0].rules: this policy sets none of them, so that it waives nothing
        one of several that it sets        | {rules: {imageTag: {}}, exemptions: [{rules: [imageTag, name], reason: x}]} | -
        one that a profile sets            | {profiles: {gpu: {rules: {imageTag: {}}}}, exemptions: [{rules: [imageTag], reason: x}]} | -
        its last day                       | {rules: {imageTag: {}}, exemptions: [{rules: [imageTag], reason: x, expires: 2027-03-31}]} | -
        the day after                      | {rules: {imageTag: {}}, exemptions: [{rules: [imageTag], reason: x, expires: 2027-03-30}]} | spec.exemptions[0].expires: is over, so that it waives nothing
        """)
    void tellsWhichExemptionsWaiveNothing(String story, String spec, String idle) throws InvalidPolicyException {
        assertThat(PolicyProblem.line(PipelinePolicy.read(document(spec)).idle(Instant.parse("2027-03-31T23:59:59Z"))))
                .isEqualTo(idle.equals("-") ? "" : idle);
    }

    @Test
    void namesAllProblemsAtOnce() {
        List<PolicyProblem> problems = problems(Yaml.tree("""
            apiVersion: v1
            kind: PipelinePolicy
            metadata: {}
            spec:
              arguments: [1]
              task: {}
              images: {}
              image: {tag: 1}
              defaults: {spec: {schedule: "${when}"}}
              rules: {imageTag: [], schedule: true}
              exemptions: [{}]
            """));
        assertThat(problems)
                .extracting(PolicyProblem::path)
                .containsExactlyInAnyOrder(
                        "apiVersion",
                        "metadata.name",
                        "spec.arguments",
                        "spec.task",
                        "spec.images",
                        "spec.image.tag",
                        "spec.defaults.spec.schedule",
                        "spec.rules.imageTag",
                        "spec.rules.schedule",
                        "spec.exemptions[0].rules",
                        "spec.exemptions[0].reason");
    }

    private static List<PolicyProblem> problems(JsonNode document) {
        return catchThrowableOfType(InvalidPolicyException.class, () -> PipelinePolicy.read(document))
                .problems();
    }

    private static JsonNode document(String spec) {
        return Yaml.tree("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}, spec: "
                + spec + "}");
    }
}

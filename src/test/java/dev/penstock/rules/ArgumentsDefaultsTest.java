package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsDefaultsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        it is filled in                 | {arguments: [--task, '${task}']} | {containers: [{name: a}]}                               | -
        the author's arguments          | {arguments: [--task, '${task}']} | {containers: [{name: a, args: [run]}]}                  | metadata.annotations[penstock.dev/task]
        a command of the author's       | {arguments: [--task, '${task}']} | {containers: [{name: a, command: [run]}]}               | metadata.annotations[penstock.dev/task]
        arguments that name it as well  | {arguments: [--task, '${task}']} | {containers: [{name: a, args: [--task=train]}]}         | -
        no arguments of the policy's    | {arguments: []}                  | {containers: [{name: a}]}                               | metadata.annotations[penstock.dev/task]
        another field of the policy's   | {defaults: {metadata: {labels: {task: '${task}'}}}} | {containers: [{name: a, args: [run]}]} | -
        """)
    void tellWhereTheTaskIsNotUsed(String story, String policy, String podSpec, String notices) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/metadata/annotations").put("penstock.dev/task", "train");
        Defaults all = draft -> Rules.DEFAULTS.forEach(defaults -> defaults.fill(draft));
        assertThat(Filling.by(all, policy, cronJob).notices()).isEqualTo(notices);
    }

    private static final String POLICY = "{arguments: [--task, '${task}', '$(X)']}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        neither                  | [{name: a}]                     | [{name: a, args: [--task, run-pipeline, $(X)]}]
        args of the author's     | [{name: a, args: [x]}]          | [{name: a, args: [x]}]
        a command                | [{name: a, command: [x]}]       | [{name: a, command: [x]}]
        empty lists              | [{name: a, args: [], command: []}] | [{name: a, args: [--task, run-pipeline, $(X)], command: []}]
        null                     | [{name: a, args: null}]         | [{name: a, args: [--task, run-pipeline, $(X)]}]
        the first alone          | [{name: a}, {name: b}]          | [{name: a, args: [--task, run-pipeline, $(X)]}, {name: b}]
        not the second instead   | [{name: a, args: [x]}, {name: b}] | [{name: a, args: [x]}, {name: b}]
        no container             | []                              | []
        """)
    void areOfTheMainContainer(String story, String containers, String filled) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: " + containers + "}");
        Filling filling = Filling.by(new ArgumentsDefaults(), POLICY, cronJob);
        assertThat(filling.podSpec().path("containers")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the one that it names            | b     | containers[b].args (policy test)
        the first where it names none    | other | containers[a].args (policy test)
        """)
    void followTheAnnotationOfTheMainContainer(String story, String named, String changes) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}, {name: b}]}");
        cronJob.withObject("/spec/jobTemplate/spec/template/metadata/annotations")
                .put("kubectl.kubernetes.io/default-container", named);
        assertThat(Filling.by(new ArgumentsDefaults(), POLICY, cronJob).changes())
                .isEqualTo(changes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the policy's task            | {}                         | run-pipeline | containers[a].args (policy test)
        another task                 | {penstock.dev/task: train} | train        | containers[a].args (annotation penstock.dev/task)
        a blank one                  | {penstock.dev/task: ' '}   | run-pipeline | containers[a].args (policy test)
        """)
    void nameTheTask(String story, String annotations, String task, String changes) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        cronJob.withObject("/metadata").set("annotations", Yaml.tree(annotations));
        Filling filling = Filling.by(new ArgumentsDefaults(), POLICY, cronJob);
        assertThat(filling.container().at("/args/1").textValue()).isEqualTo(task);
        assertThat(filling.changes()).isEqualTo(changes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a name               | {name: churn}                          | ml/churn/default
        a generated name     | {generateName: churn-, name: churn-x7} | ml/churn/default
        """)
    void knowThePipeline(String story, String metadata, String argument) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        cronJob.withObject("/metadata").remove("name");
        cronJob.withObject("/metadata").setAll(Yaml.object(metadata));
        Filling filling =
                Filling.by(new ArgumentsDefaults(), "{arguments: ['${namespace}/${name}/${profile}']}", cronJob);
        assertThat(filling.container().at("/args/0").textValue()).isEqualTo(argument);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a policy without a say  | {}               | containers[a].args (policy built-in)
        an empty list           | {arguments: []}  | -
        """)
    void areTheBuiltInOnesWhereNobodySaysThatThereAreNone(String story, String policy, String changes)
            throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        assertThat(Filling.by(new ArgumentsDefaults(), policy, cronJob).changes())
                .isEqualTo(changes);
    }
}

package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        arguments                         | {}               | [{args: [x]}]                | -
        a command                         | {}               | [{command: [x]}]             | -
        neither                           | {}               | [{name: a}]                  | REQUIRED containers[0].args
        empty lists                       | {}               | [{args: [], command: []}]    | REQUIRED containers[0].args
        neither, and none is required     | {require: false} | [{name: a}]                  | -
        a sidecar without                 | {}               | [{args: [x]}, {name: b}]     | -
        the first without                 | {}               | [{name: b}, {args: [x]}]     | REQUIRED containers[0].args
        no container                      | {}               | []                           | -
        """)
    void checksTheMainContainer(String story, String parameters, String containers, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: " + containers + "}");
        assertThat(RuleRun.findings("arguments", parameters, cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the one that the annotation names | main  | REQUIRED containers[1].args
        the first where it names none     | other | -
        """)
    void findsTheMainContainer(String story, String named, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: proxy, args: [x]}, {name: main}]}");
        cronJob.withObject("/spec/jobTemplate/spec/template/metadata/annotations")
                .put("kubectl.kubernetes.io/default-container", named);
        assertThat(RuleRun.findings("arguments", "{}", cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one that is allowed            | [--task, '${task}']  | {}                         | [--task, train]              | -
        one by a glob                  | [--task, '${task}']  | {}                         | [--task, eval-all]           | -
        another                        | [--task, '${task}']  | {}                         | [--task, drop]               | INVALID containers[0].args[1]
        another, joined                | [--task, '${task}']  | {}                         | [-v, --task=drop]            | INVALID containers[0].args[1]
        another, where they are joined | ['--task=${task}']   | {}                         | [--task, drop]               | INVALID containers[0].args[1]
        another, in front              | ['${task}', -v]      | {}                         | [drop]                       | INVALID containers[0].args[0]
        another, further on            | [--task, '${task}']  | {}                         | [--task, train, --task, drop] | INVALID containers[0].args[3]
        a flag that begins alike       | [--task, '${task}']  | {}                         | [--tasks, drop]              | -
        a flag with nothing            | [--task, '${task}']  | {}                         | [--task]                     | -
        another, by annotation         | [--task, '${task}']  | {penstock.dev/task: ' drop'} | [--task, drop]             | INVALID metadata.annotations[penstock.dev/task]
        an annotation not used         | [--task, '${task}']  | {penstock.dev/task: drop}  | [x]                          | -
        arguments of the author's own  | [--task, '${task}']  | {}                         | [x, drop]                    | -
        a policy without a task        | [run]                | {}                         | [--task, drop]               | -
        """)
    void checksTheTask(String story, String template, String annotations, String args, String findings)
            throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, args: " + args + "}]}");
        cronJob.withObject("/metadata").set("annotations", Yaml.tree(annotations));
        assertThat(RuleRun.findings(
                        "arguments", "{allowedTasks: [train, 'eval-*']}", "{arguments: " + template + "}", cronJob))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another of the main container | {containers: [{name: a, args: [drop]}, {name: b, args: [x]}]}                        | INVALID containers[0].args[0]
        what an init container does   | {initContainers: [{name: i, args: [x]}], containers: [{name: a, args: [train]}]}      | -
        what a sidecar does           | {containers: [{name: a, args: [train]}, {name: b, args: [x]}]}                       | -
        the arguments of a command    | {containers: [{name: a, command: [sh], args: [-c, x]}]}                              | -
        beside an empty command       | {containers: [{name: a, command: [], args: [drop]}]}                                 | INVALID containers[0].args[0]
        """)
    void looksForATaskInFrontInTheMainContainerAlone(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings(
                        "arguments",
                        "{allowedTasks: [train]}",
                        "{arguments: ['${task}']}",
                        Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        as many as may be      | {maxTasks: 3} | a, b, c  | -
        one more               | {maxTasks: 3} | a,b,c,d  | INVALID metadata.annotations[penstock.dev/tasks]
        twenty by default      | {}            | TWENTY   | -
        more than twenty       | {}            | TWENTY,a | INVALID metadata.annotations[penstock.dev/tasks]
        denied by any action   | {maxTasks: 3, action: Audit} | a,b,c,d | INVALID metadata.annotations[penstock.dev/tasks]
        but not where ignored  | {maxTasks: 3, action: Ignore} | a,b,c,d | -
        """)
    void countsTheSteps(String story, String parameters, String tasks, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, args: [x]}]}");
        cronJob.withObject("/metadata/annotations")
                .put("penstock.dev/tasks", tasks.replace("TWENTY", "a" + ",a".repeat(19)));
        assertThat(RuleRun.findings("arguments", parameters, cronJob)).isEqualTo(findings);
    }

    @Test
    void triesOutWhatIsDenied() throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{restartPolicy: Never, containers: [{name: a, args: [x]}]}");
        cronJob.withObject("/spec").put("schedule", "0 1 * * *");
        cronJob.withObject("/metadata/annotations").put("penstock.dev/tasks", "a, b");
        assertThat(RuleRun.findings("arguments", "{maxTasks: 1}", "{enforcement: Warn}", cronJob))
                .isEqualTo("warn INVALID metadata.annotations[penstock.dev/tasks]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        both        | {penstock.dev/task: a, penstock.dev/tasks: 'a, b'}    | INVALID metadata.annotations[penstock.dev/tasks]
        a blank one | {penstock.dev/task: ' ', penstock.dev/tasks: 'a, b'}  | -
        one alone   | {penstock.dev/task: a}                                | -
        """)
    void refusesATaskBesideTasks(String story, String annotations, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, args: [x]}]}");
        cronJob.withObject("/metadata").set("annotations", Yaml.tree(annotations));
        assertThat(RuleRun.findings("arguments", "{}", cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        steps that are allowed        | {arguments: [--task, '${task}']} | train, eval-all | -
        one that is not               | {arguments: [--task, '${task}']} | train, drop     | INVALID metadata.annotations[penstock.dev/tasks]
        an earlier one                | {arguments: [--task, '${task}']} | drop, train     | INVALID metadata.annotations[penstock.dev/tasks]
        whatever the arguments are    | {arguments: [run]}               | train, drop     | INVALID metadata.annotations[penstock.dev/tasks]
        each that is named in front   | {arguments: ['${task}']}         | train, drop     | INVALID metadata.annotations[penstock.dev/tasks]
        beside a policy's sidecar     | {arguments: ['${task}'], defaults: {spec: {jobTemplate: {spec: {template: {spec: {initContainers: [{name: s, image: 's:1', args: [x]}]}}}}}}} | train, eval-all | -
        each without arguments        | {arguments: []}                  | train, eval-all | REQUIRED initContainers[0].args, REQUIRED containers[0].args
        """)
    void looksAtEachStep(String story, String policy, String tasks, String findings) throws Exception {
        ObjectNode cronJob = StepsTest.pipeline(tasks, "{}");
        StepsTest.fill(policy, cronJob);
        assertThat(RuleRun.findings("arguments", "{allowedTasks: [train, 'eval-*']}", policy, cronJob))
                .isEqualTo(findings);
    }
}

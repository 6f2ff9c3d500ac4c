package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerNameValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a container with a name        | {containers: [{name: a}]}                    | -
        one without                    | {containers: [{image: x}]}                   | early REQUIRED containers[0].name
        an empty name                  | {containers: [{name: a}, {name: ''}]}        | early REQUIRED containers[1].name
        a name that is null            | {containers: [{name: null}]}                 | early REQUIRED containers[0].name
        an element that is null        | {containers: [null]}                         | early REQUIRED containers[0].name
        two without                    | {containers: [{}, {}]}                       | early REQUIRED containers[0].name, early REQUIRED containers[1].name
        an init container without      | {initContainers: [{}], containers: [{name: a}]} | early REQUIRED initContainers[0].name
        no container                   | {containers: []}                             | early REQUIRED containers
        no list                        | {}                                           | early REQUIRED containers
        init containers alone          | {initContainers: [{name: a}]}                | early REQUIRED containers
        """)
    void checksEachContainer(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("containerName", "{}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        steps with names           | extract, train       | -
        with blanks between        | ` extract ,\ttrain `  | -
        one                        | train                | -
        no name                    | ``                   | TASKS ""
        blanks                     | `  `                 | TASKS "  "
        nothing between commas     | extract,,train       | TASKS "extract,,train"
        nothing behind a comma     | extract,             | TASKS "extract,"
        one twice                  | train, train, train  | TASKS "train"
        one in capitals            | Extract, train       | TASKS "Extract"
        one with a blank in it     | extract train        | TASKS "extract train"
        one that ends in a dash    | extract-, train      | TASKS "extract-"
        63 characters              | LONG, train          | -
        64 characters              | xLONG, train         | TASKS "xLONG"
        each of several            | A, B, c, c           | TASKS "A", TASKS "B", TASKS "c"
        more than there can be     | MANY                 | TASKS "MANY"
        """)
    void checksTheNamesOfSteps(String story, String tasks, String findings) throws Exception {
        String longest = "x".repeat(63);
        String many = "A,".repeat(100);
        ObjectNode cronJob = StepsTest.pipeline(tasks.replace("LONG", longest).replace("MANY", many), "{}");
        StepsTest.fill("{}", cronJob);
        assertThat(values(cronJob).replace("metadata.annotations[penstock.dev/tasks]", "TASKS"))
                .isEqualTo(findings.replace("LONG", longest).replace("MANY", many));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        one image for all     | {penstock.dev/image: 'a:1'}                                    | -
        one each              | {penstock.dev/image.extract: 'a:1', penstock.dev/image.train: 'b:1'} | -
        none for one          | {penstock.dev/image.extract: 'a:1'}                            | metadata.annotations[penstock.dev/tasks] "train"
        a blank one           | {penstock.dev/image: ' '}                                      | metadata.annotations[penstock.dev/tasks] "extract", metadata.annotations[penstock.dev/tasks] "train"
        """)
    void asksForAnImageOfEachStep(String story, String annotations, String findings) throws Exception {
        ObjectNode cronJob = StepsTest.pipeline("extract, train", "{}");
        cronJob.withObject("/metadata/annotations").remove("penstock.dev/image");
        cronJob.withObject("/metadata/annotations").setAll(Yaml.object(annotations));
        StepsTest.fill("{}", cronJob);
        assertThat(values(cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another name                  | extract, train   | {initContainers: [{name: wait, image: 'w:1'}]}    | -
        the last step's, before it    | extract, sidecar | {initContainers: [{name: sidecar, image: 'w:1'}]} | metadata.annotations[penstock.dev/tasks] "sidecar"
        an earlier step's             | sidecar, extract | {initContainers: [{name: sidecar, image: 'w:1'}]} | metadata.annotations[penstock.dev/tasks] "sidecar"
        beside containers             | extract, train   | {initContainers: [{name: extract, image: 'w:1'}], containers: [{name: main, image: 'm:1'}]} | -
        """)
    void refusesToShareTheNameOfAStep(String story, String tasks, String podSpec, String findings) throws Exception {
        ObjectNode cronJob = StepsTest.pipeline(tasks, podSpec);
        StepsTest.fill("{}", cronJob);
        assertThat(values(cronJob)).isEqualTo(findings);
    }

    private static String values(ObjectNode cronJob) throws Exception {
        List<Finding> findings = RuleRun.under("{rules: {imageTag: {action: Ignore}}}").check(cronJob).stream()
                .filter(finding -> finding.rule().equals("containerName"))
                .toList();
        assertThat(findings).allMatch(Finding::early).allMatch(finding -> finding.action() == Action.DENY);
        return findings.isEmpty()
                ? "-"
                : findings.stream()
                        .map(finding -> finding.path() + " " + finding.value())
                        .collect(Collectors.joining(", "));
    }
}

package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.InvalidPolicyException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all defaults together make of steps. */
class StepsTest {
    /** A pipeline of these tasks with the image {@code a:1}. */
    static ObjectNode pipeline(String tasks, String podSpec) {
        ObjectNode cronJob = Yaml.pipelineOfPod(podSpec);
        cronJob.withObject("/metadata/annotations")
                .put("penstock.dev/tasks", tasks)
                .put("penstock.dev/image", "a:1");
        return cronJob;
    }

    static Filling fill(String policy, ObjectNode cronJob) throws InvalidPolicyException {
        return Filling.by(draft -> Rules.DEFAULTS.forEach(defaults -> defaults.fill(draft)), policy, cronJob);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        three          | extract, train, evaluate | {}                          | extract train · evaluate
        one            | train                    | {}                          | · train
        empty lists    | a, b                     | {containers: [], initContainers: []} | a · b
        behind the init containers of the author | a, b, c | {initContainers: [{name: wait, image: 'w:1'}]} | wait a b · c
        none beside containers of the author     | a, b | {containers: [{name: main, image: 'm:1'}]} | · main
        none of what is no name                  | a, B | {}                   | ·
        """)
    void areMadeInOrder(String story, String tasks, String podSpec, String containers) throws Exception {
        assertThat(names(fill("{arguments: []}", pipeline(tasks, podSpec)))).isEqualTo(containers);
    }

    @Test
    void areToldTheirTasks() throws Exception {
        assertThat(args(fill("{arguments: [--task, '${task}', --name, '${name}']}", pipeline("a, b, c", "{}"))))
                .isEqualTo("[--task,a,--name,churn] [--task,b,--name,churn] [--task,c,--name,churn] ");
    }

    @Test
    void tellWhereTheyComeFrom() throws Exception {
        assertThat(fill("{defaults: {}}", pipeline("a, b", "{restartPolicy: OnFailure}"))
                        .changes())
                .isEqualTo("initContainers[a] (made), containers[b] (made), "
                        + "initContainers[a].image (annotation penstock.dev/image), "
                        + "containers[b].image (annotation penstock.dev/image), "
                        + "spec.schedule (policy built-in), "
                        + "initContainers[a].imagePullPolicy (derived from image), "
                        + "containers[b].imagePullPolicy (derived from image), "
                        + "initContainers[a].args (annotation penstock.dev/tasks), "
                        + "containers[b].args (annotation penstock.dev/tasks)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        one for all           | {penstock.dev/image: 'x:1'}                                 | x:1 x:1
        one of its own        | {penstock.dev/image: 'x:1', penstock.dev/image.b: 'y:1'}    | x:1 y:1
        one each              | {penstock.dev/image.a: 'x:1', penstock.dev/image.b: 'y:1'}  | x:1 y:1
        a blank one           | {penstock.dev/image: 'x:1', penstock.dev/image.b: ' '}      | x:1 x:1
        untagged ones         | {penstock.dev/image: x, penstock.dev/image.b: y}            | x:stable y:stable
        """)
    void haveTheirImages(String story, String annotations, String images) throws Exception {
        ObjectNode cronJob = pipeline("a, b", "{}");
        cronJob.withObject("/metadata/annotations").setAll(Yaml.object(annotations));
        if (!annotations.contains("/image:")) {
            cronJob.withObject("/metadata/annotations").remove("penstock.dev/image");
        }
        Filling filling = fill("{image: {tag: stable}}", cronJob);
        assertThat(String.join(" ", filling.podSpec().findValuesAsText("image")))
                .isEqualTo(images);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        every container           | {containers: [{name: '*', env: [{name: T, value: '${task}'}]}]}  | a=a b=b
        every init container      | {initContainers: [{name: '*', env: [{name: T, value: x}]}]}      | ``
        the last by its name      | {containers: [{name: b, image: 'p:1', env: [{name: T, value: '${task}'}]}]} | b=b
        an earlier by its name    | {containers: [{name: a, image: 'p:1', env: [{name: T, value: '${task}'}]}]} | a=a
        the name before every     | {containers: [{name: '*', env: [{name: T, value: x}]}, {name: a, image: 'p:1', env: [{name: T, value: y}]}]} | a=y b=x
        """)
    void getWhatThePolicySaysOfContainers(String story, String podSpec, String env) throws Exception {
        String policy = "{defaults: {spec: {jobTemplate: {spec: {template: {spec: " + podSpec + "}}}}}}";
        Filling filling = fill(policy, pipeline("a, b", "{}"));
        assertThat(names(filling)).isEqualTo("a · b");
        assertThat(filling.podSpec().findParents("env").stream()
                        .map(container -> container.path("name").asText() + "="
                                + container.at("/env/0/value").asText())
                        .reduce("", (first, next) -> (first + " " + next).strip()))
                .isEqualTo(env);
    }

    @Test
    void runBehindTheInitContainersOfThePolicyAndBesideItsSidecars() throws Exception {
        Filling filling = fill(
                "{defaults: {spec: {jobTemplate: {spec: {template: {spec: {"
                        + "initContainers: [{name: fetch, image: 'f:1'}], containers: [{name: ship, image: 's:1'}]}}}}}}}",
                pipeline("a, b, c", "{}"));
        assertThat(names(filling)).isEqualTo("fetch a b · c ship");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        all are used             | {penstock.dev/image.b: 'y:1'} | {} | -
        tasks beside containers  | {}                            | {containers: [{name: main}]} | metadata.annotations[penstock.dev/tasks]
        an image of no step      | {penstock.dev/image.c: 'y:1'} | {} | metadata.annotations[penstock.dev/image.c]
        """)
    void areToldOfWhereNotUsed(String story, String annotations, String podSpec, String notices) throws Exception {
        ObjectNode cronJob = pipeline("a, b", podSpec);
        cronJob.withObject("/metadata/annotations").setAll(Yaml.object(annotations));
        assertThat(fill("{}", cronJob).notices()).isEqualTo(notices);
    }

    private static String names(Filling filling) {
        return (names(filling, "initContainers") + " · " + names(filling, "containers")).strip();
    }

    private static String names(Filling filling, String list) {
        return filling.podSpec()
                .path(list)
                .valueStream()
                .map(container -> container.path("name").asText())
                .collect(Collectors.joining(" "));
    }

    private static String args(Filling filling) {
        return filling.podSpec().findValues("args").stream()
                .map(args -> args.toString().replace("\"", "") + " ")
                .reduce("", String::concat);
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialCronJobTest {
    private static final String POD = "spec.defaults.spec.jobTemplate.spec.template.spec.";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the author's own name            | {metadata: {name: a}}                    | metadata.name             | unknown key
        a status                         | {status: {}}                             | status                    | unknown key
        our label                        | {metadata: {labels: {penstock.dev/pipeline: a}}} | metadata.labels.penstock.dev/pipeline | must be left out
        our annotation                   | {metadata: {annotations: {penstock.dev/image: a}}} | metadata.annotations.penstock.dev/image | must be left out
        our annotation of the pods       | {spec: {jobTemplate: {spec: {template: {metadata: {annotations: {penstock.dev/x: a}}}}}}} | spec.jobTemplate.spec.template.metadata.annotations.penstock.dev/x | must be left out
        a label of digits                | {metadata: {labels: {cost-centre: 4711}}} | metadata.labels.cost-centre | must be a string, but is a number: put it in quotes
        an annotation of true            | {metadata: {annotations: {paged: true}}} | metadata.annotations.paged | must be a string, but is a boolean: put it in quotes
        an annotation that is an object  | {metadata: {annotations: {config: {a: b}}}} | metadata.annotations.config | must be a string, but is an object
        a label that is a list           | {metadata: {labels: {team: [a]}}}        | metadata.labels.team      | must be a string, but is a list
        a label of the pods              | {spec: {jobTemplate: {spec: {template: {metadata: {labels: {a: 1}}}}}}} | spec.jobTemplate.spec.template.metadata.labels.a | must be a string, but is a number: put it in quotes
        labels that are a list           | {metadata: {labels: [a]}}                | metadata.labels           | must be an object
        a schedule that is none          | {spec: {schedule: 0 0 * * 7}}            | spec.schedule             | no schedule: day of week 7
        a malformed H                    | {spec: {schedule: H(9) * * * *}}         | spec.schedule             | no schedule:
        a schedule that is a number      | {spec: {schedule: 5}}                    | spec.schedule             | must be a string
        an unknown placeholder           | {spec: {schedule: '${when}'}}            | spec.schedule             | unknown placeholder
        """)
    void namesWhatIsWrong(String story, String defaults, String path, String message) {
        assertProblem("{defaults: " + defaults + "}", "spec.defaults." + path, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an image for every container     | {containers: [{name: '*', image: 'a:1'}]}       | containers[0].image            | each container's own
        a named one without an image     | {containers: [{name: a, tty: true}]}            | containers[0].image            | must be given
        an init container without one    | {initContainers: [{name: a}]}                   | initContainers[0].image        | must be given
        a container without a name       | {containers: [{image: 'a:1'}]}                  | containers[0].name             | must be given
        a glob                           | {containers: [{name: 'train-*', tty: true}]}    | containers[0].name             | 63; only "*" alone stands for those that are there
        a glob with an image             | {initContainers: [{name: 'a*', image: 'a:1'}]}  | initContainers[0].name         | 63; only "*" alone stands for those that are there
        capitals                         | {containers: [{name: Train, image: 'a:1'}]}     | containers[0].name             | must be a container's name: lower-case letters, digits and -, at most 63
        an underscore                    | {initContainers: [{name: a_b, image: 'a:1'}]}   | initContainers[0].name         | must be a container's name
        a pull policy                    | {containers: [{name: '*', imagePullPolicy: Always}]} | containers[0].imagePullPolicy | follows from the image
        a pull policy of a named one     | {containers: [{name: a, image: 'a:1', imagePullPolicy: Never}]} | containers[0].imagePullPolicy | follows from the image
        a name twice                     | {containers: [{name: '*'}, {name: '*'}]}        | containers[1].name             | is there twice
        containers that are no list      | {containers: {}}                                | containers                     | must be a list
        a container that is a text       | {containers: [a]}                               | containers[0]                  | must be an object
        a volume without a name          | {volumes: [{emptyDir: {}}]}                     | volumes[0].name                | must be given
        every volume                     | {volumes: [{name: '*'}]}                        | volumes[0].name                | only a container
        an env entry twice               | {containers: [{name: '*', env: [{name: A}, {name: A}]}]} | containers[0].env[1].name | is there twice
        a mount without a path           | {containers: [{name: '*', volumeMounts: [{name: a}]}]} | containers[0].volumeMounts[0].mountPath | must be given
        """)
    void namesWhatIsWrongInThePod(String story, String podSpec, String path, String message) {
        assertProblem(ofThePod(podSpec), POD + path, message);
    }

    private static void assertProblem(String spec, String path, String message) {
        assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> Documents.policy("test", spec))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.message()).contains(message);
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a sidecar                     | {containers: [{name: p, image: 'p:1'}, {name: '*', tty: true}]}
        a name by a placeholder       | {containers: [{name: '${name}-proxy', image: 'p:1'}]}
        a port for two protocols      | {containers: [{name: '*', ports: [{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP}]}]}
        labels called like lists      | {nodeSelector: {env: prod, volumes: fast, containers: many}}
        nothing                       | {containers: null, volumes: []}
        """)
    void acceptsWhatIsRight(String story, String podSpec) {
        assertThatCode(() -> Documents.policy("test", ofThePod(podSpec))).doesNotThrowAnyException();
    }

    private static String ofThePod(String podSpec) {
        return "{defaults: {spec: {jobTemplate: {spec: {template: {spec: " + podSpec + "}}}}}}";
    }
}

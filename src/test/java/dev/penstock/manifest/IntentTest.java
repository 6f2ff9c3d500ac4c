package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentTest {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        absent                              | {}                              | spec/timeZone                  | true
        null                                | {spec: {timeZone: null}}        | spec/timeZone                  | true
        a value without a server default    | {spec: {timeZone: Etc/UTC}}     | spec/timeZone                  | false
        an empty text                       | {spec: {timeZone: ''}}          | spec/timeZone                  | false
        an empty list                       | {spec: {x: []}}                 | spec/x                         | false
        the server's default                | {spec: {concurrencyPolicy: Allow}}  | spec/concurrencyPolicy     | true
        another value                       | {spec: {concurrencyPolicy: Forbid}} | spec/concurrencyPolicy     | false
        the server's default of a boolean   | {spec: {suspend: false}}        | spec/suspend                   | true
        the server's default of a number    | {spec: {successfulJobsHistoryLimit: 3}} | spec/successfulJobsHistoryLimit | true
        another number                      | {spec: {failedJobsHistoryLimit: 3}} | spec/failedJobsHistoryLimit | false
        the same name in a job's spec       | {spec: {jobTemplate: {spec: {suspend: false}}}} | spec/jobTemplate/spec/suspend | false
        the empty schedule                  | {spec: {schedule: ''}}          | spec/schedule                  | true
        a schedule                          | {spec: {schedule: '@daily'}}    | spec/schedule                  | false
        a schedule that is a list           | {spec: {schedule: ['@daily']}}  | spec/schedule                  | false
        a label called schedule             | {metadata: {labels: {schedule: ''}}} | metadata/labels/schedule  | false
        """)
    void tellsWhatTheAuthorLeftOut(String story, String object, String path, boolean leftOut) {
        assertThat(leftOut(Yaml.object(object), path)).isEqualTo(leftOut);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a restart policy invalid for Jobs   | {restartPolicy: Always}                             | restartPolicy       | true
        one that Jobs may have              | {restartPolicy: Never}                              | restartPolicy       | false
        an init container's restart policy  | {initContainers: [{restartPolicy: Always}]}         | initContainers/0/restartPolicy | false
        the default grace period            | {terminationGracePeriodSeconds: 30}                 | terminationGracePeriodSeconds | true
        another grace period                | {terminationGracePeriodSeconds: 60}                 | terminationGracePeriodSeconds | false
        the default DNS policy              | {dnsPolicy: ClusterFirst}                           | dnsPolicy           | true
        the default message path            | {containers: [{terminationMessagePath: /dev/termination-log}]} | containers/0/terminationMessagePath | true
        of an init container                | {initContainers: [{terminationMessagePolicy: File}]} | initContainers/0/terminationMessagePolicy | true
        of a container called spec          | {containers: [{name: spec, terminationMessagePolicy: File}]} | containers/0/terminationMessagePolicy | true
        of a probe                          | {containers: [{livenessProbe: {periodSeconds: 10}}]} | containers/0/livenessProbe/periodSeconds | true
        another value of a probe            | {containers: [{livenessProbe: {periodSeconds: 9}}]} | containers/0/livenessProbe/periodSeconds | false
        in a container called like a probe  | {containers: [{name: livenessProbe, timeoutSeconds: 1}]} | containers/0/timeoutSeconds | false
        an image                            | {containers: [{image: x}]}                          | containers/0/image  | false
        """)
    void tellsWhatTheAuthorOfAPodLeftOut(String story, String podSpec, String path, boolean leftOut) {
        assertThat(leftOut(Yaml.pipelineOfPod(podSpec), "spec/jobTemplate/spec/template/spec/" + path))
                .isEqualTo(leftOut);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a server's default that was applied   | {suspend: false}        | {"spec":{"suspend":false}} | spec/suspend       | false
        one of which only another was applied | {suspend: false}        | {"spec":{"schedule":""}}   | spec/suspend       | true
        one to which null was applied         | {suspend: false}        | {"spec":{"suspend":null}}  | spec/suspend       | true
        an empty schedule that was applied    | {schedule: ''}          | {"spec":{"schedule":""}}   | spec/schedule      | true
        what was applied and is gone          | {}                      | {"spec":{"timeZone":"x"}}  | spec/timeZone      | true
        """)
    void countsWhatWasAppliedAsWritten(String story, String spec, String lastApplied, String path, boolean leftOut) {
        ObjectNode object = Yaml.pipeline(spec);
        object.withObject("/metadata/annotations").put("kubectl.kubernetes.io/last-applied-configuration", lastApplied);
        assertThat(leftOut(object, path)).isEqualTo(leftOut);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"the server's default, IfNotPresent, true", "another value, Always, false"})
    void takesAServerDefaultThatDependsOnOtherFields(String story, String value, boolean leftOut) {
        Field object = Field.of(Yaml.object("{imagePullPolicy: " + value + "}"));
        assertThat(Intent.of(object).whose(object.at("imagePullPolicy"), NOTHING, TextNode.valueOf("IfNotPresent"))
                        == Intent.Whose.LEFT_OUT)
                .isEqualTo(leftOut);
    }

    private static boolean leftOut(ObjectNode object, String path) {
        Field field = Notation.field(Field.of(object), path);
        return Intent.of(Field.of(object)).whose(field, NOTHING, ServerDefaults.of(field.path()))
                == Intent.Whose.LEFT_OUT;
    }
}

package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;
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
        an empty one, as charts render it   | {restartPolicy: ''}                                 | restartPolicy       | true
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

    /** The API server drops what is empty before it asks. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a false                      | stdin       | true      | false    | false
        zero                         | x           | 1         | 0        | false
        an empty text                | workingDir  | /data     | ''       | false
        an empty list                | envFrom     | [{a: b}]  | []       | false
        no command                   | command     | [run]     | []       | false
        no arguments                 | args        | [x]       | []       | true
        no image                     | image       | a:1       | ''       | true
        a text that is gone since    | workingDir  | /data     | /tmp     | true
        a list that is gone since    | envFrom     | [{a: b}]  | [{a: c}] | true
        null                         | envFrom     | [{a: b}]  | null     | true
        """)
    void countsWhatWasAppliedEmptyAsWritten(String story, String name, String wanted, String applied, boolean leftOut) {
        ObjectNode manifest = Yaml.pipelineOfPod("{containers: [{name: a, " + name + ": " + applied + "}]}");
        ObjectNode byClient = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        byClient.withObject("/metadata/annotations")
                .put("kubectl.kubernetes.io/last-applied-configuration", manifest.toString());
        assertThat(leftOut(byClient, name, wanted)).isEqualTo(leftOut);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an empty text                | workingDir  | /data     | false
        an empty list                | envFrom     | [{a: b}]  | false
        no arguments                 | args        | [x]       | true
        """)
    void countsWhatWasAppliedEmptyServerSideAsWritten(String story, String name, String wanted, boolean leftOut) {
        ObjectNode byServer = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        byServer.withObject("/metadata").withArray("managedFields").add(Yaml.tree("""
                {operation: Apply, fieldsV1: {'f:spec': {'f:jobTemplate': {'f:spec': {'f:template': {'f:spec': {
                  'f:containers': {'k:{"name":"a"}': {'.': {}, 'f:NAME': {}}}}}}}}}}
                """.replace("NAME", name)));
        assertThat(leftOut(byServer, name, wanted)).isEqualTo(leftOut);
    }

    private static boolean leftOut(ObjectNode object, String name, String wanted) {
        Field field = Notation.field(Field.of(object), "spec/jobTemplate/spec/template/spec/containers/0/" + name);
        return Intent.of(Field.of(object)).whose(field, Yaml.tree(wanted), NOTHING) == Intent.Whose.LEFT_OUT;
    }

    /** As in a file, which has nothing there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the empty schedule, spec/schedule",
        "the restart policy, spec/jobTemplate/spec/template/spec/restartPolicy"
    })
    void keepsWhatTheApiServerFillsInThoughItIsNoDecision(String story, String path) {
        ObjectNode object =
                Yaml.pipeline("{schedule: '', jobTemplate: {spec: {template: {spec: {restartPolicy: Always}}}}}");
        object.withObject("/metadata/annotations").put("penstock.dev/keep", "schedule, restartPolicy");
        assertThat(leftOut(object, path)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"the server's default, IfNotPresent, true", "another value, Always, false"})
    void takesAServerDefaultThatDependsOnOtherFields(String story, String value, boolean leftOut) {
        Field object = Field.of(Yaml.object("{imagePullPolicy: " + value + "}"));
        assertThat(Intent.of(object).whose(object.at("imagePullPolicy"), NOTHING, TextNode.valueOf("IfNotPresent"))
                        == Intent.Whose.LEFT_OUT)
                .isEqualTo(leftOut);
    }

    // Rule 2.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a new object                           | {}                          |                      | x       | true
        an object that was no pipeline         | {}                          | {label: null}        | x       | true
        another last-applied                   | {L: {v: 1}}                 | {L: {v: 2}}          | x       | true
        a last-applied that is gone            | {}                          | {L: {v: 2}}          | x       | true
        an applier of fields                   | {apply: [a]}                | {apply: [a]}         | applier | true
        an applier that gives all up           | {}                          | {apply: [a]}         | applier | true
        an updater of fields                   | {update: [a]}               | {update: [a]}        | updater | false
        another than the applier               | {apply: [a]}                | {apply: [a]}         | x       | false
        client-side apply                      | {}                          | {}                   | kubectl-client-side-apply | true
        another profile                        | {label: training}           | {}                   | x       | true
        an annotation of ours                  | {refresh: '1'}              | {}                   | x       | true
        one of ours that is gone               | {}                          | {image: a}           | x       | true
        what is remembered, forged             | {P: {x: policy p}}          | {}                   | x       | false
        an edit of another field               | {spec: {suspend: true}}     | {}                   | x       | false
        a value of ours that is dropped        | {spec: {schedule: ''}}      | {spec: {schedule: a}, P: {schedule: policy p}} | x | true
        one of ours that is to be kept         | {spec: {schedule: ''}, keep: schedule} | {spec: {schedule: a}, keep: schedule, P: {schedule: policy p}} | x | false
        a value of the author's that is dropped | {spec: {schedule: ''}}     | {spec: {schedule: a}} | x      | false
        a value of ours that is another        | {spec: {schedule: b}}       | {spec: {schedule: a}, P: {schedule: policy p}} | x | false
        dropped with the element that held it  | {spec: {env: []}}           | {spec: {env: [{name: A, value: a}]}, P: {'env[A].value': policy p}} | x | false
        dropped from an element that is there  | {spec: {env: [{name: A}]}}  | {spec: {env: [{name: A, value: a}]}, P: {'env[A].value': policy p}} | x | true
        a label of ours that is dropped        | {v: Allow}                  | {v: Allow, labels: {team: a}, P: {'metadata.labels[team]': policy p}} | x | true
        the same, and the memory stays         | {P: {'metadata.labels[team]': policy p}} | {labels: {team: a}, P: {'metadata.labels[team]': policy p}} | x | true
        a label of ours that is another        | {labels: {team: b}}         | {labels: {team: a}, P: {'metadata.labels[team]': policy p}} | x | false
        a label of the author's that is dropped beside ours | {labels: {team: a}} | {labels: {team: a, b: c}, P: {'metadata.labels[team]': policy p}} | x | false
        nothing at all                         | {v: Allow}                  | {v: Allow}           | x       | false
        """)
    void tellsWhetherTheManifestSpeaks(
            String story, String request, @Nullable String old, String manager, boolean speaks) {
        assertThat(Situation.intent(request, old, manager).speaks()).isEqualTo(speaks);
    }

    // Rule 5, under a policy of Forbid; in the order of its lines.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        1 to be kept, by its path              | {v: Allow, keep: spec.concurrencyPolicy} |                           | AUTHORS
        1 to be kept, by its last name         | {v: Allow, keep: concurrencyPolicy}   |                              | AUTHORS
        1 to be kept, by what holds it         | {v: Allow, keep: spec}                |                              | AUTHORS
        1 to be kept as it is: absent          | {keep: concurrencyPolicy}             |                              | AUTHORS
        1 to be kept, though it was ours       | {v: Forbid, keep: concurrencyPolicy}  | {v: Forbid, P: {concurrencyPolicy: policy p}} | AUTHORS
        1 another is to be kept                | {v: Allow, keep: suspend}             |                              | LEFT_OUT
        2 absent                               | {}                                    |                              | LEFT_OUT
        2 absent, though another value was applied | {L: {concurrencyPolicy: Forbid}}  |                              | LEFT_OUT
        2 absent, and null was applied         | {L: {concurrencyPolicy: null}}        |                              | LEFT_OUT
        3 null was applied                     | {v: Allow, L: {concurrencyPolicy: null}} |                           | LEFT_OUT
        3 null was applied, but it is another  | {v: Replace, L: {concurrencyPolicy: null}} |                         | AUTHORS
        4 applied client-side                  | {v: Allow, L: {concurrencyPolicy: Allow}} |                          | AUTHORS
        4 applied server-side                  | {v: Allow, apply: [concurrencyPolicy]} |                             | AUTHORS
        4 applied, though it was ours          | {v: Forbid, apply: [concurrencyPolicy]} | {v: Forbid, P: {concurrencyPolicy: policy p}} | AUTHORS
        5 ours and unchanged                   | {v: Replace}                          | {v: Replace, P: {concurrencyPolicy: policy p}} | LEFT_OUT
        5 the same, taken over by a PUT        | {v: Replace, spec: {schedule: ''}}    | {v: Replace, spec: {schedule: a}, P: {concurrencyPolicy: policy p, schedule: policy p}} | AUTHORS
        5 the same where last-applied is gone  | {v: Replace, spec: {schedule: ''}}    | {v: Replace, L: {a: 1}, spec: {schedule: a}, P: {concurrencyPolicy: policy p, schedule: policy p}} | AUTHORS
        5 the same, but the server's           | {v: Allow, spec: {schedule: ''}}      | {v: Allow, spec: {schedule: a}, P: {concurrencyPolicy: policy p, schedule: policy p}} | LEFT_OUT
        5 a PUT of what was read               | {v: Replace, spec: {schedule: ''}, P: {concurrencyPolicy: policy p, schedule: policy p}} | {v: Replace, spec: {schedule: a}, P: {concurrencyPolicy: policy p, schedule: policy p}} | LEFT_OUT
        5 the memory alone is gone             | {v: Replace, spec: {schedule: a}}     | {v: Replace, spec: {schedule: a}, P: {concurrencyPolicy: policy p, schedule: policy p}} | LEFT_OUT
        6 as we would write it, by what came   | {v: Forbid, P: {concurrencyPolicy: policy p}} |                      | LEFT_OUT
        6 another than we would write, forged  | {v: Replace, P: {concurrencyPolicy: policy p}} |                     | AUTHORS
        7 another than the server's            | {v: Forbid}                           |                              | AUTHORS
        7 another than ours was                | {v: Replace}                          | {v: Forbid, P: {concurrencyPolicy: policy p}} | AUTHORS
        8 once a decision                      | {v: Allow}                            | {v: Allow, P: {concurrencyPolicy: author}} | DECIDED
        8 once a decision, of a copy           | {v: Allow, P: {concurrencyPolicy: author}} |                         | DECIDED
        8 the same, but another than the server's | {v: Forbid, P: {concurrencyPolicy: author}} |                     | AUTHORS
        8 of a copy without the decision       | {v: Allow, P: {schedule: policy p}}   |                              | LEFT_OUT
        9 the server's now, and sent           | {v: Allow, update: [concurrencyPolicy]} | {v: Forbid, P: {concurrencyPolicy: policy p}} | DECIDED
        9 the server's now, and sent by nobody | {v: Allow, update: [suspend]}         | {v: Forbid, P: {concurrencyPolicy: policy p}} | LEFT_OUT
        9 the same by another last-applied     | {v: Allow, update: [concurrencyPolicy], L: {a: 1}} | {v: Replace, L: {a: 2}} | LEFT_OUT
        9 the same by a PUT of the manifest    | {v: Allow, update: [concurrencyPolicy], spec: {schedule: ''}} | {v: Forbid, spec: {schedule: a}, P: {schedule: policy p}} | LEFT_OUT
        10 unchanged since before this policy  | {v: Allow, refresh: '1'}              | {v: Allow, P: {schedule: policy p}} | AUTHORS
        11 the same beside evidence            | {v: Allow, apply: [schedule]}         | {v: Allow, P: {schedule: policy p}} | LEFT_OUT
        11 the same where nothing is remembered | {v: Allow, refresh: '1'}             | {v: Allow}                   | LEFT_OUT
        11 the server's                        | {v: Allow}                            |                              | LEFT_OUT
        """)
    void tellsWhoseTheFieldIs(String story, String request, @Nullable String old, Intent.Whose whose) {
        Intent intent = Situation.intent(request, old, "x");
        Field field = Situation.concurrencyPolicy(request);
        assertThat(intent.whose(field, TextNode.valueOf("Forbid"), ServerDefaults.of(field.path())))
                .isEqualTo(whose);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an edit of another field        | {v: Allow, spec: {suspend: true}} | {v: Allow}     | true
        an edit of this field           | {v: Forbid}                       | {v: Allow}     | false
        absent before and after         | {spec: {suspend: true}}           | {}             | true
        null before, absent after       | {}                                | {v: null}      | true
        where the manifest speaks       | {v: Allow, refresh: '1'}          | {v: Allow}     | false
        """)
    void leavesAloneWhatAnEditDoes(String story, String request, String old, boolean untouched) {
        assertThat(Situation.intent(request, old, "x").isUntouched(Situation.concurrencyPolicy(request)))
                .isEqualTo(untouched);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no record of who sent what      | {}                                        | true  | true
        sent by an update               | {update: ['k:{\"name\":\"a\"}']}          | true  | true
        sent by nobody                  | {update: [x]}                             | false | false
        a field of it was sent          | {update: [x], P: {}}                      | false | false
        remembered as made              | {update: [x], P: {'env[a]': made}}        | true  | false
        of which something is remembered | {update: [x], P: {'env[a].value': policy p}} | false | false
        """)
    void tellsAnInjectedElementFromOneThatWasSent(String story, String words, boolean own, boolean written) {
        // A list with a merge key at the top of the spec, so that the table stays short.
        ObjectNode cronJob = Situation.cronJob(words);
        cronJob.withObject("/spec").set("env", Yaml.tree("[{name: a}]"));
        JsonNode spec = cronJob.at("/metadata/managedFields/0/fieldsV1/f:spec");
        if (spec.has("f:k:{\"name\":\"a\"}")) {
            ((ObjectNode) spec).putObject("f:env").putObject("k:{\"name\":\"a\"}");
        }
        Intent intent = Intent.of(Field.of(cronJob));
        Field element = Field.of(cronJob).at("spec", "env").elements().get(0);
        assertThat(intent.isOwn(element)).isEqualTo(own);
        assertThat(intent.isWritten(element)).isEqualTo(written);
    }

    /** A container of which only that is remembered that a policy put it there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        another webhook replaced its image       | {f:x: {}}                                              | true
        a client set it                          | {f:spec: {f:initContainers: CONTAINER}}                | false
        in a copy, which has it from before      | {f:spec: {f:initContainers: CONTAINER}, f:metadata: {f:annotations: {f:penstock.dev/defaulted: {}}}} | true
        no record of who sent what               |                                                        | false
        """)
    void tellsThePolicysContainerFromOneThatAClientChanged(String story, @Nullable String sent, boolean appended) {
        ObjectNode cronJob = Situation.cronJob(
                "{spec: {initContainers: [{name: a, image: m/a}]}, P: {'initContainers[a]': policy p}}");
        if (sent != null) {
            JsonNode fields = Yaml.tree(sent.replace("CONTAINER", "{'k:{\"name\":\"a\"}': {f:image: {}}}"));
            cronJob.withObject("/metadata")
                    .withArray("managedFields")
                    .addObject()
                    .put("operation", "Update")
                    .set("fieldsV1", fields);
        }
        Field container =
                Field.of(cronJob).at("spec", "initContainers").elements().get(0);
        assertThat(Intent.of(Field.of(cronJob)).isAppended(container)).isEqualTo(appended);
    }

    private static boolean leftOut(ObjectNode object, String path) {
        Field field = Notation.field(Field.of(object), path);
        return Intent.of(Field.of(object)).whose(field, NOTHING, ServerDefaults.of(field.path()))
                == Intent.Whose.LEFT_OUT;
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.Yaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySetTest {
    private static final Placeholders PLACEHOLDERS = new Placeholders("train", "churn", "ml", "gpu");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody                           | {}                                                                            | 0 1 * * * (policy built-in)
        a policy                         | {a: {S: '@daily'}}                                                            | @daily (policy a)
        the higher priority              | {a: {S: '@daily'}, b: {priority: 1, S: '@weekly'}}                            | @weekly (policy b)
        a priority below zero            | {a: {priority: -1, S: '@daily'}, b: {S: '@weekly'}}                           | @weekly (policy b)
        the same priority, by name       | {b: {S: '@weekly'}, a: {S: '@daily'}}                                         | @daily (policy a)
        the only one that says it        | {a: {priority: 9}, b: {S: '@weekly'}}                                         | @weekly (policy b)
        the team's defaults              | {a: {priority: 9, S: '@daily'}, defaults: {S: '@weekly'}}                     | @weekly (defaults defaults)
        several of the team, by name     | {defaults-b: {S: '@daily'}, defaults-a: {S: '@weekly'}}                       | @weekly (defaults defaults-a)
        a profile before the general     | {a: {S: '@daily', profiles: {gpu: {S: '@weekly'}}}}                           | @weekly (policy a)
        a profile of another name        | {a: {S: '@daily', profiles: {cpu: {S: '@weekly'}}}}                           | @daily (policy a)
        a profile of a lower policy      | {a: {priority: 1, S: '@daily'}, b: {profiles: {gpu: {S: '@weekly'}}}}         | @daily (policy a)
        a profile of the team's          | {a: {S: '@daily'}, defaults: {profiles: {gpu: {S: '@weekly'}}}}               | @weekly (defaults defaults)
        """)
    void laysDefaultsInOrder(String story, String documents, String schedule) throws Exception {
        String specs = documents.replaceAll("S: ('[^']*')", "defaults: {spec: {schedule: $1}}");
        ObjectNode cronJob = Yaml.pipeline("{}");
        List<Change> changes = lay(specs, cronJob);
        assertThat(changes)
                .filteredOn(change -> change.path().name().equals("schedule"))
                .extracting(change -> change.value().asText() + " (" + change.reason() + ")")
                .containsExactly(schedule);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        what others leave out          | {a: {'*': {tty: true}}, b: {'*': {stdin: true}}}                    | [{name: m, tty: true, stdin: true}]
        what an earlier one says       | {a: {'*': {tty: true}}, b: {'*': {tty: false}}}                     | [{name: m, tty: true}]
        an earlier one of every container before a later one of it | {a: {'*': {tty: true}}, b: {m: {image: 'x:1', tty: false}}} | [{name: m, tty: true, image: 'x:1'}]
        every container, also that of a later one | {a: {'*': {tty: true}}, b: {p: {image: 'p:1'}}}          | [{name: m, tty: true}, {name: p, tty: true, image: 'p:1'}]
        a sidecar of both              | {a: {p: {image: 'p:1'}}, b: {p: {image: 'p:2', tty: true}}}         | [{name: m}, {name: p, image: 'p:1', tty: true}]
        env entries of both            | {a: {'*': {env: [{name: A, value: a}]}}, b: {'*': {env: [{name: B, value: b}]}}} | [{name: m, env: [{name: A, value: a}, {name: B, value: b}]}]
        an env entry, whole            | {a: {'*': {env: [{name: A, value: a}]}}, b: {'*': {env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}]}}} | [{name: m, env: [{name: A, value: a}]}]
        a mount, whole                 | {a: {'*': {volumeMounts: [{mountPath: /a, name: x}]}}, b: {'*': {volumeMounts: [{mountPath: /a, name: y, readOnly: true}]}}} | [{name: m, volumeMounts: [{mountPath: /a, name: x}]}]
        one handler of a probe         | {a: {'*': {livenessProbe: {exec: {command: [x]}}}}, b: {'*': {livenessProbe: {tcpSocket: {port: 1}, periodSeconds: 5}}}} | [{name: m, livenessProbe: {exec: {command: [x]}, periodSeconds: 5}}]
        a list without keys, whole     | {a: {'*': {args: [a]}}, b: {'*': {args: [b, c]}}}                   | [{name: m, args: [a]}]
        a request within an earlier limit | {a: {'*': {resources: {limits: {cpu: 1}}}}, b: {'*': {resources: {requests: {cpu: 2}}}}} | [{name: m, resources: {limits: {cpu: 1}, requests: {cpu: 1}}}]
        a limit above an earlier request | {a: {'*': {resources: {requests: {cpu: 2}}}}, b: {'*': {resources: {limits: {cpu: 1}}}}} | [{name: m, resources: {requests: {cpu: 2}, limits: {cpu: 2}}}]
        """)
    void laysOneDocumentUnderAnother(String story, String containers, String filled) throws Exception {
        ObjectNode documents = Yaml.object("{}");
        Yaml.object(containers).properties().forEach(document -> {
            ObjectNode podSpec =
                    documents.withObject("/" + document.getKey() + "/defaults/spec/jobTemplate/spec/template/spec");
            document.getValue()
                    .properties()
                    .forEach(container -> podSpec.withArray("containers")
                            .add(((ObjectNode) container.getValue()).put("name", container.getKey())));
        });
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: m}]}");
        lay(documents.toString(), cronJob);
        assertThat(Yaml.podSpec(cronJob).path("containers")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody                        | {}                                                                | run-pipeline ml-pipeline-container app [--task, ${task}] policy built-in
        the first that says anything  | {a: {task: a}, b: {task: b, containerName: b, image: {tag: b}, arguments: [b]}} | a b app:b [b] policy b
        a higher priority             | {a: {task: a, image: {tag: a}}, b: {priority: 1, image: {tag: b}}} | a ml-pipeline-container app:b [--task, ${task}] policy built-in
        the team first                | {a: {task: a, image: {tag: a}, arguments: [a]}, defaults: {task: t, image: {tag: t}, arguments: [t]}} | t ml-pipeline-container app:t [t] defaults defaults
        a profile first               | {a: {task: a, arguments: [a], profiles: {gpu: {task: p, containerName: p, image: {tag: p}}}}} | p p app:p [a] policy a
        no arguments                  | {a: {arguments: []}, b: {arguments: [b]}}                         | run-pipeline ml-pipeline-container app none
        """)
    void takesFromTheFirstWhatOnlyOneCanGive(String story, String documents, String expected) throws Exception {
        EffectivePolicy policy = effective(documents);
        String arguments = policy.arguments()
                .map(given -> given.texts() + " " + given.reason())
                .orElse("none");
        assertThat(policy.task() + " " + policy.containerName() + " " + policy.completed("app") + " " + arguments)
                .isEqualTo(expected);
    }

    @Test
    void addsUpTheTagsThatMove() throws Exception {
        EffectivePolicy policy = effective(
                "{a: {image: {mutableTags: [a]}, profiles: {gpu: {image: {mutableTags: [p]}}}}, b: {image: {mutableTags: [b]}}}");
        assertThat(List.of("a", "b", "p", "latest", "c"))
                .filteredOn(tag ->
                        policy.isMutable(ImageReference.parse("app:" + tag).orElseThrow()))
                .containsExactly("a", "b", "p", "latest");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody                                | {}                                                                  | built-in Warn [latest]
        a policy                              | {a: {R: {action: Deny, forbid: [x]}}}                               | a Deny [x]
        each with its own                     | {a: {R: {action: Deny, forbid: [x]}}, b: {R: {forbid: [y]}}}        | a Deny [x], b Warn [y]
        the higher priority first             | {a: {R: {forbid: [x]}}, b: {priority: 1, R: {forbid: [y]}}}         | b Warn [y], a Warn [x]
        one that lets the rule be             | {a: {R: {action: Ignore}}}                                          | a Ignore [latest]
        one of two that lets it be            | {a: {R: {action: Ignore}}, b: {R: {action: Deny}}}                  | a Ignore [latest], b Deny [latest]
        a profile refines                     | {a: {R: {action: Deny}, profiles: {gpu: {R: {forbid: [x]}}}}}       | a Deny [x]
        a profile refines the built-in one    | {a: {profiles: {gpu: {R: {forbid: [x]}}}}}                          | a Warn [x]
        a profile refines its own policy's    | {a: {R: {action: Deny}}, b: {profiles: {gpu: {R: {forbid: [x]}}}}}  | a Deny [latest], b Warn [x]
        a profile of another name             | {a: {R: {action: Deny}, profiles: {cpu: {R: {action: Ignore}}}}}    | a Deny [latest]
        enforced as it is                     | {a: {enforcement: Deny, R: {action: Deny}}}                         | a Deny [latest]
        tried out with less than is enforced  | {a: {enforcement: Warn, R: {action: Audit}}}                        | a Audit [latest], built-in Warn [latest]
        tried out as it is                    | {a: {enforcement: Warn, R: {forbid: [x]}}}                          | a Warn [x], built-in Warn [latest]
        tried to be let be                    | {a: {enforcement: Warn, R: {action: Ignore}}}                       | a Ignore [latest], built-in Warn [latest]
        tried out, beside the built-in one    | {a: {enforcement: Audit, R: {action: Deny, forbid: [x]}}}           | a Audit [x], built-in Warn [latest]
        tried out by one of two               | {a: {enforcement: Warn, R: {action: Deny}}, b: {R: {action: Deny}}} | a Warn [latest], b Deny [latest]
        tried out in a profile                | {a: {enforcement: Warn, profiles: {gpu: {R: {action: Deny}}}}}      | a Warn [latest], built-in Warn [latest]
        """)
    void checksEveryPolicysSetting(String story, String documents, String settings) throws Exception {
        String specs = documents.replaceAll("\\bR: (\\{[^}]*})", "rules: {imageTag: $1}");
        assertThat(effective(specs).settings("imageTag").stream()
                        .map(setting -> setting.policy().name() + " " + setting.action() + " "
                                + setting.parameters().path("forbid").toString().replace("\"", ""))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(settings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        every namespace              | {}                                                              | {}
        a label                      | {namespaceSelector: {matchLabels: {kind: ml}}}                  | {kind: ml}
        the name that all have       | {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ml}}} | {kubernetes.io/metadata.name: ml}
        """)
    void appliesToTheNamespacesThatAreSelected(String story, String spec, String labels) throws Exception {
        PolicySet policies = PolicySet.of(
                List.of(Documents.policy("a", Yaml.object(spec).put("task", "a").toString())));
        assertThat(policies.effective("ml", labels(labels), "").task()).isEqualTo("a");
        boolean everywhere = spec.equals("{}");
        assertThat(policies.effective("other", Map.of("kind", "x"), "").task())
                .isEqualTo(everywhere ? "a" : "run-pipeline");
    }

    @Test
    void appliesATeamsDefaultsInItsNamespaceAlone() throws Exception {
        PolicySet policies = PolicySet.of(Documents.all("{defaults: {task: own}}"));
        assertThat(policies.effective("ml", Map.of(), "").task()).isEqualTo("own");
        assertThat(policies.effective("other", Map.of(), "").task()).isEqualTo("run-pipeline");
    }

    @Test
    void followsTheLabelsOfANamespace() throws Exception {
        PolicySet policies =
                PolicySet.of(Documents.all("{a: {namespaceSelector: {matchLabels: {kind: ml}}, task: a}}"));
        assertThat(policies.effective("ml", Map.of("kind", "ml"), "").task()).isEqualTo("a");
        assertThat(policies.effective("ml", Map.of("kind", "web"), "").task()).isEqualTo("run-pipeline");
        assertThat(policies.effective("ml", Map.of("kind", "ml"), "").task()).isEqualTo("a");
    }

    @Test
    void knowsTheProfilesOfTheNamespace() throws Exception {
        PolicySet policies = PolicySet.of(Documents.all(
                "{a: {profiles: {gpu: {}, cpu: {}}}, b: {namespaceSelector: {matchLabels: {kind: web}}, profiles: {web: {}}},"
                        + " defaults: {profiles: {own: {}}}}"));
        assertThat(policies.effective("ml", Map.of(), "").profiles()).containsExactly("cpu", "gpu", "own");
        assertThat(policies.effective("web", Map.of("kind", "web"), "").profiles())
                .containsExactly("cpu", "gpu", "web");
    }

    @Test
    void putsTogetherOnceWhatAppliesToManyNamespaces() throws Exception {
        PolicySet policies = PolicySet.of(Documents.all(
                "{a: {namespaceSelector: {matchLabels: {kind: ml}}, profiles: {gpu: {}}}, b: {}, defaults: {}}"));
        EffectivePolicy one = policies.effective("one", Map.of("kind", "ml"), "gpu");
        assertThat(policies.effective("one", Map.of("kind", "ml"), "gpu")).isSameAs(one);
        assertThat(policies.effective("two", Map.of("kind", "ml", "x", "y"), "gpu"))
                .isSameAs(one);
        assertThat(policies.effective("one", Map.of("kind", "ml"), "")).isNotSameAs(one);
        assertThat(policies.effective("ml", Map.of("kind", "ml"), "gpu")).isNotSameAs(one);
        assertThat(policies.effective("two", Map.of(), "")).isNotSameAs(one);
    }

    @Test
    void asksSelectorsOnceForANamespaceHoweverManyThereAre() throws Exception {
        List<PolicyDocument> documents = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            documents.add(Documents.policy("p" + i, "{namespaceSelector: {matchLabels: {team: t" + i + "}}}"));
        }
        PolicySet policies = PolicySet.of(documents);
        AtomicInteger asked = new AtomicInteger();
        Map<String, String> labels = new HashMap<>(Map.of("team", "t7")) {
            @Override
            public @Nullable String get(Object key) {
                asked.incrementAndGet();
                return super.get(key);
            }
        };
        assertThat(policies.effective("ml", labels, "").policies()).containsExactly("p7", "built-in");
        assertThat(asked).hasValue(1000);
        policies.effective("ml", labels, "");
        policies.effective("ml", labels, "gpu");
        assertThat(asked).hasValue(1000);
    }

    @Test
    void remembersNoProfileThatNobodyKnows() throws Exception {
        PolicySet policies = PolicySet.of(Documents.all("{a: {profiles: {gpu: {}}}}"));
        assertThat(policies.effective("ml", Map.of(), "made-up"))
                .isSameAs(policies.effective("ml", Map.of(), "another"))
                .isSameAs(policies.effective("ml", Map.of(), ""));
    }

    @Test
    void stillAnswersWhereThereAreMoreNamespacesThanItRemembers() throws Exception {
        PolicySet policies = PolicySet.of(Documents.all("{a: {task: a}}"));
        for (int i = 0; i < 100_000; i++) {
            assertThat(policies.effective("n" + i, Map.of(), "").task()).isEqualTo("a");
        }
    }

    private static EffectivePolicy effective(String documents) throws InvalidPolicyException {
        List<PolicyDocument> reversed = new ArrayList<>(Documents.all(documents));
        Collections.reverse(reversed);
        return PolicySet.of(reversed).effective("ml", Map.of(), "gpu");
    }

    private static Map<String, String> labels(String yaml) {
        return Yaml.object(yaml).properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().textValue()));
    }

    /** Lays the documents under the CronJob, and again under what came of it, which must change nothing. */
    private static List<Change> lay(String documents, ObjectNode cronJob) throws InvalidPolicyException {
        EffectivePolicy policy = effective(documents);
        List<Change> changes = layOnce(policy, cronJob, null);
        JsonNode result = cronJob.deepCopy();
        assertThat(layOnce(policy, cronJob, null)).isEmpty();
        assertThat(layOnce(policy, cronJob, Field.of(result))).isEmpty();
        assertThat((JsonNode) cronJob).isEqualTo(result);
        return changes;
    }

    private static List<Change> layOnce(EffectivePolicy policy, ObjectNode cronJob, @Nullable Field old) {
        Manifest manifest = new Manifest(cronJob);
        Defaulter defaulter =
                new Defaulter(manifest, Intent.of(manifest.read(), old, old != null, ""), (path, value) -> false);
        policy.layUnder(defaulter, PLACEHOLDERS);
        defaulter.finish();
        return manifest.changes();
    }
}

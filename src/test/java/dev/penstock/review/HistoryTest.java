package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lives that were hard to get right; the general claims are checked after each step. */
class HistoryTest {
    private static final List<String> ANNOTATIONS = List.of("image", "tasks", "defaulted");
    private static final String SIDECAR =
            "- policy: {restartPolicy: Never, containers: [{name: proxy, image: 'p:1'}]}\n";

    @Test
    void aServersDefaultThatThePolicyDropsIsForgottenWithoutAWord() throws Exception {
        assertThat(live("""
                - policy: {restartPolicy: Never, dnsPolicy: ClusterFirst}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """).told()).isEmpty();
    }

    @Test
    void anAuthorsEmptyDirTakesThePlaceOfOurs() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, volumes: [{name: data, emptyDir: {medium: Memory}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1'}], volumes: [{name: data, emptyDir: {}}]}
                """, "/volumes")).isEqualTo(Yaml.tree("[{name: data, emptyDir: {}}]"));
    }

    @Test
    void anAuthorsVolumeLeavesNothingOfOurs() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, volumes: [{name: data, configMap: {name: c}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1'}], volumes: [{name: data, emptyDir: {}}]}
                """, "/volumes")).isEqualTo(Yaml.tree("[{name: data, emptyDir: {}}]"));
    }

    @Test
    void anEditOfASidecarStandsWhenAManifestTakesTheSidecarOver() throws Exception {
        assertThat(pod(SIDECAR + """
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - edit: {containers: [{name: proxy, args: [z]}]}
                - helm: {containers: [{name: main, image: 'a:1'}, {name: proxy, image: 'p:2'}]}
                """, "/containers/1/args")).isEqualTo(Yaml.tree("[z]"));
    }

    @Test
    void aSidecarThatThePolicyDropsLeavesNothingBehind() throws Exception {
        assertThat(live(SIDECAR + """
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """).stored().orElseThrow().toString()).doesNotContain("proxy");
    }

    @Test
    void theArgumentsAreTheAuthorsContainersThoughASidecarStandsBeforeIt() throws Exception {
        String life = SIDECAR + """
                - helm: {image: 'a:1'}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """;
        assertThat(pod(life, "/containers/0/name").asText()).isEqualTo("proxy");
        assertThat(pod(life, "/containers/1/args").isArray()).isTrue();
    }

    @Test
    void theAnnotationMakesAContainerBesideASidecar() throws Exception {
        assertThat(pod(SIDECAR + """
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {image: 'a:1'}
                """, "/containers/0/name").asText()).isEqualTo("ml-pipeline-container");
    }

    @Test
    void aMountThatIsPutBackIsWhole() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', volumeMounts: [{mountPath: /d, name: data}]}]}
                - helm: {containers: [{name: main, image: 'a:1', volumeMounts: [{mountPath: /d}]}]}
                - put: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers/0/volumeMounts")).isEqualTo(Yaml.tree("[{mountPath: /d, name: data}]"));
    }

    @Test
    void aProbeIsTunedOnlyWhereThereIsOne() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', livenessProbe: {periodSeconds: 5}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers/0/livenessProbe").isMissingNode()).isTrue();
    }

    @Test
    void aProbeThatThePolicyDropsGoesWhole() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', livenessProbe: {exec: {command: [x]}, periodSeconds: 5}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers/0/livenessProbe").isMissingNode()).isTrue();
    }

    @Test
    void aHandlerThatTheAuthorWritesTooIsTheAuthors() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', livenessProbe: {exec: {command: [x]}}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1', livenessProbe: {exec: {command: [x]}}}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1', livenessProbe: {exec: {command: [x]}}}]}
                """, "/containers/0/livenessProbe/exec/command")).isEqualTo(Yaml.tree("[x]"));
    }

    @Test
    void ofTwoHandlersOfAPolicyTheNearerStays() throws Exception {
        assertThat(pod("""
                - policy:
                    restartPolicy: Never
                    containers:
                    - {name: '*', livenessProbe: {httpGet: {port: 80}}}
                    - {name: proxy, image: 'p:1', livenessProbe: {exec: {command: [x]}}}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers/1/livenessProbe/httpGet").isMissingNode())
                .isTrue();
    }

    @Test
    void argumentsTakeThePlaceOfACommandThatThePolicyDrops() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', command: [run]}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers/0/args").isArray()).isTrue();
    }

    @Test
    void anEditTakesNoArgumentsAwayFromACommandThatItLeavesAlone() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', command: [run], args: [a]}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - edit: {terminationGracePeriodSeconds: 77}
                """, "/containers/0/args")).isEqualTo(Yaml.tree("[a]"));
    }

    @Test
    void anEditThatMakesArgumentsGoIsNoManifestWhenItComesAgain() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: OnFailure}
                - edit: {containers: [{name: main, command: [run]}]}
                """, "/restartPolicy").asText()).isEqualTo("Never");
    }

    @Test
    void ourArgumentsGoWithAnEditOfTheCommandOfAnyContainer() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', args: [a]}]}
                - helm: {containers: [{name: main, image: 'a:1'}, {name: b, image: 'a:1'}]}
                - edit: {containers: [{name: b, command: [run]}]}
                """, "/containers/1").has("args")).isFalse();
    }

    @Test
    void aContainerMovesToTheOtherListAtOnce() throws Exception {
        ObjectNode podSpec = (ObjectNode) pod(SIDECAR + """
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never, initContainers: [{name: proxy, image: 'p:1', restartPolicy: Always}]}
                - helm: {containers: [{name: main, image: 'a:2'}]}
                """, "");
        assertThat(podSpec.at("/containers").findValuesAsText("name")).containsExactly("main");
        assertThat(podSpec.at("/initContainers/0/name").asText()).isEqualTo("proxy");
    }

    @Test
    void aCompletionIsRememberedWhenTheResultIsAsBefore() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:stable'}]}
                - put: {containers: [{name: main, image: a}]}
                """, "/containers/0/image").asText()).isEqualTo("a:stable");
    }

    @Test
    void aSidecarThatAnotherImageTakesOverIsTheAuthors() throws Exception {
        assertThat(pod(SIDECAR + """
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - put: {containers: [{name: proxy, image: 'q:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: other, image: 'a:1'}]}
                """, "/containers/0/args").isArray()).isTrue();
    }

    @Test
    void aStepThatTheListDropsGoesWhateverWasEditedInIt() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: OnFailure}
                - helm: {image: 'a:1', tasks: 'a, b, c'}
                - edit: {initContainers: [{name: a, image: 'x:1'}]}
                - helm: {image: 'a:1', tasks: 'b, c'}
                """, "/initContainers").findValuesAsText("name")).containsExactly("b");
    }

    @Test
    void whatWasEditedInAStepMovesWithIt() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: OnFailure}
                - helm: {image: 'a:1', tasks: 'a, b, c'}
                - edit: {initContainers: [{name: a, image: 'x:1'}]}
                - helm: {image: 'a:1', tasks: 'b, a, c'}
                """, "/initContainers").findValuesAsText("image")).containsExactly("a:1", "x:1");
    }

    @Test
    void aSidecarOfThePolicyBecomesTheStepOfItsName() throws Exception {
        String life = SIDECAR + """
                - helm: {image: 'a:1'}
                - helm: {image: 'a:1', tasks: 'proxy, b'}
                """;
        assertThat(pod(life, "/containers").findValuesAsText("name")).containsExactly("b");
        assertThat(pod(life, "/initContainers").findValuesAsText("image")).containsExactly("a:1");
    }

    @Test
    void stepsRunBehindAnInitContainerThatCameLater() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: OnFailure}
                - helm: {image: 'a:1', tasks: 'a, b, c'}
                - helm: {image: 'a:1', tasks: 'a, b, c', initContainers: [{name: wait, image: 'w:1'}]}
                """, "/initContainers").findValuesAsText("name")).containsExactly("wait", "a", "b");
    }

    @Test
    void aSidecarThatIsPutAsThePolicyHasItIsTheAuthors() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: proxy, image: app}]}
                - helm: {image: 'made:1'}
                - put: {containers: [{name: proxy, image: app}]}
                """, "/containers").findValuesAsText("name")).isEqualTo(List.of("proxy"));
    }

    @Test
    void oneOfTwoSidecarsThatIsPutIsTheAuthors() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: proxy, image: app}, {name: spec, image: app}]}
                - put: {containers: [{name: proxy, image: 'p:1'}]}
                - put: {containers: [{name: spec, image: app}]}
                """, "/containers").findValuesAsText("image")).isEqualTo(List.of("app:stable", "app:stable"));
    }

    @Test
    void aStepWhoseImageNothingNamesAnyMoreIsNotTheAuthors() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never}
                - helm: {image: 'made:1', tasks: 'first, second'}
                - helm: {tasks: 'first, second'}
                - team: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers").findValuesAsText("name")).isEqualTo(List.of("main"));
    }

    @Test
    void aLimitFollowsTheRequestThatAnEditRaisesAboveIt() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', resources: {requests: {cpu: 1}, limits: {cpu: 2}}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - edit: {containers: [{name: main, resources: {requests: {cpu: 3}}}]}
                """, "/containers/0/resources/limits/cpu").asText()).isEqualTo("3");
    }

    @Test
    void anOldCopyOfWhatIsRememberedGivesNothingUp() throws Exception {
        String life = """
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never, dnsPolicy: Default}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1'}], defaulted: '{"spec.schedule":"policy p"}'}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}], defaulted: '{"spec.schedule":"policy p"}'}
                """;
        assertThat(pod(life, "/dnsPolicy").asText()).isEqualTo("ClusterFirst");
    }

    @Test
    void aSidecarComesBackWhereAStepOfItsNameGoes() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: proxy, image: 'p:1'}]}
                - helm: {image: 'made:1', tasks: 'first, proxy'}
                - helm: {image: 'made:1', tasks: 'first, second'}
                """, "/containers").findValuesAsText("image")).isEqualTo(List.of("made:1", "p:1"));
    }

    @Test
    void aSidecarComesBackWhereAStepOfItsNameMakesPlaceForTheAuthorsContainer() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: proxy, image: 'p:1'}]}
                - helm: {image: 'made:1', tasks: 'first, proxy'}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/containers").findValuesAsText("image")).isEqualTo(List.of("a:1", "p:1"));
    }

    @Test
    void anEmptyListThatIsAppliedOverOneOfAPolicyStands() throws Exception {
        String life = """
                - policy: {restartPolicy: Never, tolerations: [{key: gpu}], containers: [{name: '*', command: [run]}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1', command: []}], tolerations: []}
                - edit: {dnsPolicy: Default}
                """;
        assertThat(pod(life, "/tolerations").isMissingNode()).isTrue();
        assertThat(pod(life, "/containers/0/command").isMissingNode()).isTrue();
        assertThat(pod(life + "- helm: {containers: [{name: main, image: 'a:1'}]}\n", "/tolerations"))
                .isEqualTo(Yaml.tree("[{key: gpu}]"));
    }

    @Test
    void aSecretOfThePolicyThatTheAuthorTakesOverStaysWhole() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, imagePullSecrets: [{name: rc}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1'}], imagePullSecrets: [{name: rc}]}
                - policy: {restartPolicy: Never}
                - edit: {dnsPolicy: Default, image: 'a:1'}
                """, "/imagePullSecrets")).isEqualTo(Yaml.tree("[{name: rc}]"));
    }

    @Test
    void aNodeSelectorThatTheAuthorTakesOverOutlastsThePolicys() throws Exception {
        String life = """
                - policy: {restartPolicy: Never, nodeSelector: {pool: cpu}}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - helm: {containers: [{name: main, image: 'a:1'}], nodeSelector: {pool: cpu}}
                - policy: {restartPolicy: Never, nodeSelector: %s}
                - helm: {containers: [{name: main, image: 'a:1'}], nodeSelector: {pool: cpu}}
                """;
        assertThat(pod(life.formatted("{pool: gpu}"), "/nodeSelector")).isEqualTo(Yaml.tree("{pool: cpu}"));
        assertThat(pod(life.formatted("{}"), "/nodeSelector")).isEqualTo(Yaml.tree("{pool: cpu}"));
    }

    @Test
    void nodesThatTheAuthorRequiresTooOutlastThePolicys() throws Exception {
        String nodes = "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                + " [{matchExpressions: [{key: pool, operator: In, values: [%s]}]}]}}}";
        String author =
                "- helm: {containers: [{name: main, image: 'a:1'}], affinity: " + nodes.formatted("cpu") + "}\n";
        String policy = "- policy: {restartPolicy: Never, affinity: " + nodes + "}\n";
        assertThat(pod(
                        policy.formatted("cpu")
                                + "- helm: {containers: [{name: main, image: 'a:1'}]}\n"
                                + author
                                + policy.formatted("gpu")
                                + author,
                        "/affinity"))
                .isEqualTo(Yaml.tree(nodes.formatted("cpu")));
    }

    /** Whoever mounted it: Kubernetes refuses a mount of a volume that is not there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        by an edit             | edit | helm
        by a PUT               | put  | put
        """)
    void aVolumeThatThePolicyDropsStaysAsLongAsItIsMounted(String story, String mounts, String goesOn)
            throws Exception {
        String life = """
                - policy: {restartPolicy: Never, volumes: [{name: w, emptyDir: {sizeLimit: 1Gi}}, {name: x, emptyDir: {}}]}
                - %2$s: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - %1$s: {containers: [{name: main, image: 'a:1', volumeMounts: [{mountPath: /w, name: w}]}], volumes: [{name: w, emptyDir: {sizeLimit: 1Gi}}]}
                """.formatted(mounts, goesOn);
        String again = "- helm: {terminationGracePeriodSeconds: 60, containers: [{name: main, image: 'a:1'}]}\n";
        JsonNode volumes = pod(life + again, "/volumes");
        assertThat(volumes).isEqualTo(Yaml.tree("[{name: w, emptyDir: {sizeLimit: 1Gi}}]"));
    }

    @Test
    void aVolumeThatThePolicyDropsIsTheAuthorsWhoPutsIt() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, volumes: [{name: w, emptyDir: {}}]}
                - put: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - put: {containers: [{name: main, image: 'a:1'}], volumes: [{name: w, emptyDir: {}}]}
                """, "/volumes")).isEqualTo(Yaml.tree("[{name: w, emptyDir: {}}]"));
    }

    @Test
    void aPullPolicyThatIsPutBesideAnotherImageIsTheAuthors() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never}
                - put: {containers: [{name: main, image: 'a:latest'}]}
                - put: {containers: [{name: main, image: 'a:1', imagePullPolicy: Always}]}
                """, "/containers/0/imagePullPolicy").asText()).isEqualTo("Always");
    }

    @Test
    void aSidecarThatIsPutAsItStandsOutlastsThePolicys() throws Exception {
        assertThat(pod(SIDECAR + """
                - put: {containers: [{name: main, image: 'a:1'}]}
                - put: {containers: [{name: main, image: 'a:1'}, {name: proxy, image: 'p:1'}]}
                - policy: {restartPolicy: Never}
                - put: {containers: [{name: main, image: 'a:1'}, {name: proxy, image: 'p:1'}]}
                """, "/containers").findValuesAsText("name")).containsExactly("main", "proxy");
    }

    @Test
    void aManifestThatIsPutAgainRemembersTheSame() throws Exception {
        String life = """
                - policy: {restartPolicy: Never, containers: [{name: '*', livenessProbe: {exec: {command: [x]}, periodSeconds: 10}}]}
                - put: {containers: [{name: main, image: 'a'}]}
                """;
        String again = "- put: {containers: [{name: main, image: 'a'}]}\n";
        assertThat(live(life + again).stored()).isEqualTo(live(life).stored());
    }

    @Test
    void aVolumeThatThePolicyDropsGoesWithItsMount() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, containers: [{name: '*', volumeMounts: [{mountPath: /w, name: w}]}], volumes: [{name: w, emptyDir: {}}]}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                - policy: {restartPolicy: Never}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/volumes").isMissingNode()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        of the pod       | {shareProcessNamespace: true}                                                   | {hostPID: true, containers: [{name: main, image: 'a:1'}]} | /shareProcessNamespace
        of its container | {containers: [{name: '*', securityContext: {allowPrivilegeEscalation: false}}]} | {containers: [{name: main, image: 'a:1', securityContext: {privileged: true}}]} | /containers/0/securityContext/allowPrivilegeEscalation
        as the pod says  | {containers: [{name: '*', resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}]} | {restartPolicy: Never, containers: [{name: main, image: 'a:1'}]} | /containers/0/resizePolicy
        """)
    void whatKubernetesRefusesBesideWhatTheAuthorWritesComesAndGoesWithThat(
            String story, String policy, String refusing, String pointer) throws Exception {
        String alone = "- %s: {containers: [{name: main, image: 'a:1'}]}\n";
        for (String who : List.of("helm", "put")) {
            String life = "- policy: " + policy + "\n" + alone.formatted(who);
            assertThat(pod(life, pointer).isMissingNode()).isFalse();
            life += "- %s: %s\n".formatted(who, refusing);
            assertThat(pod(life, pointer).isMissingNode()).isTrue();
            assertThat(pod(life + alone.formatted(who), pointer).isMissingNode())
                    .isFalse();
        }
    }

    @Test
    void aForgedMemoryGainsNothingByAnEdit() throws Exception {
        assertThat(pod("""
                - policy: {restartPolicy: Never, dnsPolicy: None}
                - put: {dnsPolicy: Default, containers: [{name: main, image: 'a:1'}]}
                - edit: {terminationGracePeriodSeconds: 60, defaulted: '{"spec.jobTemplate.spec.template.spec.dnsPolicy":"policy p"}'}
                - helm: {containers: [{name: main, image: 'a:1'}]}
                """, "/dnsPolicy").asText()).isEqualTo("Default");
    }

    private static JsonNode pod(String life, String pointer) throws Exception {
        return Yaml.podSpec(live(life).stored().orElseThrow()).at(pointer);
    }

    /** One step a line: who does it, and the pod spec, in which {@link #ANNOTATIONS} stand for those of the CronJob. */
    private static History live(String life) throws Exception {
        JsonNode steps = Yaml.tree(life);
        History history = new History(policy(steps.path(0).path("policy")));
        for (JsonNode each : steps) {
            Map.Entry<String, JsonNode> step = each.properties().iterator().next();
            int before = history.happened();
            history.take(step(step.getKey(), (ObjectNode) step.getValue()));
            assertThat(history.happened() - before).as("%s", each).isEqualTo(each.has("policy") ? 0 : 1);
        }
        return history;
    }

    private static Step step(String who, ObjectNode pod) throws Exception {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return switch (who) {
            case "policy" -> new Step(Step.Verb.POLICY, who, nothing, policy(pod));
            case "put" -> new Step(Step.Verb.PUT, who, manifest(pod), null);
            case "edit" -> new Step(Step.Verb.EDIT, who, spec(pod), null);
            default -> new Step(Step.Verb.SERVER_APPLY, who, manifest(pod), null);
        };
    }

    private static List<PolicyDocument> policy(JsonNode pod) throws Exception {
        ObjectNode document = Yaml.object("""
                {apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: p},
                 spec: {arguments: [run], image: {tag: stable}, defaults: {}}}
                """);
        ((ObjectNode) document.at("/spec/defaults"))
                .set("spec", spec((ObjectNode) pod).path("spec"));
        document.withObject("/spec/defaults/spec").put("schedule", "0 1 * * *");
        return List.of(PipelinePolicy.read(document));
    }

    private static ObjectNode manifest(ObjectNode pod) {
        ObjectNode manifest = spec(pod);
        manifest.put("apiVersion", "batch/v1").put("kind", "CronJob");
        manifest.withObject("/metadata")
                .put("name", "churn")
                .put("namespace", "ml")
                .withObject("/labels")
                .put("penstock.dev/pipeline", "default");
        return manifest;
    }

    private static ObjectNode spec(ObjectNode pod) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode copy = pod.deepCopy();
        copy.remove(ANNOTATIONS);
        object.withObject("/spec/jobTemplate/spec/template").set("spec", copy);
        for (String annotation : ANNOTATIONS) {
            if (pod.has(annotation)) {
                object.withObject("/metadata/annotations").set("penstock.dev/" + annotation, pod.path(annotation));
            }
        }
        return object;
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Change;
import dev.penstock.manifest.Defaulter;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.Manifest;
import dev.penstock.manifest.Reason;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
    private static final Placeholders PLACEHOLDERS = new Placeholders("train", "churn", "ml", "gpu");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a value that is absent         | {}                          | {timeZone: Etc/UTC}        | {timeZone: Etc/UTC}
        a value that is there          | {timeZone: Etc/GMT}         | {timeZone: Etc/UTC}        | {timeZone: Etc/GMT}
        an empty text that is there    | {timeZone: ''}              | {timeZone: Etc/UTC}        | {timeZone: ''}
        a value that is null           | {timeZone: null}            | {timeZone: Etc/UTC}        | {timeZone: Etc/UTC}
        a server's default             | {concurrencyPolicy: Allow}  | {concurrencyPolicy: Forbid} | {concurrencyPolicy: Forbid}
        the empty schedule             | {schedule: ''}              | {schedule: '@daily'}       | {schedule: '@daily'}
        zero and false                 | {x: 0, y: false}            | {x: 1, y: true}            | {x: 0, y: false}
        an object that is absent       | {}                          | {a: {b: {c: 1}}}           | {a: {b: {c: 1}}}
        an object that is null         | {a: null}                   | {a: {b: 1}}                | {a: {b: 1}}
        into an object                 | {a: {b: 1, x: 1}}           | {a: {b: 2, c: 2}}          | {a: {b: 1, x: 1, c: 2}}
        into an empty object           | {a: {}}                     | {a: {b: 1}}                | {a: {b: 1}}
        an empty object says nothing   | {}                          | {a: {}}                    | {}
        an empty object over a full one | {a: {b: 1}}                | {a: {}}                    | {a: {b: 1}}
        a list without keys            | {}                          | {args: [a, b]}             | {args: [a, b]}
        a list without keys, whole     | {args: [x]}                 | {args: [a, b]}             | {args: [x]}
        an empty list that is there    | {args: []}                  | {args: [a]}                | {args: []}
        null says nothing              | {x: 1}                      | {x: null, y: null, a: {b: null}} | {x: 1}
        null is no element either      | {}                          | {volumes: null, args: null} | {}
        placeholders                   | {}                          | {a: '${namespace}/${name}', b: ['$${x}', '$(Y)']} | {a: ml/churn, b: ['${x}', '$(Y)']}
        """)
    void fillsASpec(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.object("{}");
        cronJob.set("spec", Yaml.tree(written));
        lay(cronJob, "{spec: " + policy + "}");
        assertThat(cronJob.path("spec")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a volume that is missing      | {}                                         | {volumes: [{name: a, emptyDir: {}}]}         | {volumes: [{name: a, emptyDir: {}}]}
        a volume behind the author's  | {volumes: [{name: b, emptyDir: {}}]}       | {volumes: [{name: a, emptyDir: {}}]}         | {volumes: [{name: b, emptyDir: {}}, {name: a, emptyDir: {}}]}
        the author's volume, whole    | {volumes: [{name: a, configMap: {name: c}}]} | {volumes: [{name: a, emptyDir: {}}]}       | {volumes: [{name: a, configMap: {name: c}}]}
        the author's volume that says little | {volumes: [{name: a}]}              | {volumes: [{name: a, emptyDir: {}}]}         | {volumes: [{name: a}]}
        a spread constraint, whole    | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: ScheduleAnyway}]} | {topologySpreadConstraints: [{topologyKey: z, minDomains: 3}]} | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: ScheduleAnyway}]}
        secrets by name               | {imagePullSecrets: [{name: mine}]}         | {imagePullSecrets: [{name: ours}, {name: mine}]} | {imagePullSecrets: [{name: mine}, {name: ours}]}
        a list without keys, whole    | {tolerations: [{key: a}]}                  | {tolerations: [{key: a, operator: Exists}, {key: b}]} | {tolerations: [{key: a}]}
        every container               | {containers: [{name: a}, {name: b, tty: false}]} | {containers: [{name: '*', tty: true}]} | {containers: [{name: a, tty: true}, {name: b, tty: false}]}
        every init container alone    | {initContainers: [{name: a}], containers: [{name: b}]} | {initContainers: [{name: '*', tty: true}]} | {initContainers: [{name: a, tty: true}], containers: [{name: b}]}
        a container by its name       | {containers: [{name: a}, {name: b}]}       | {containers: [{name: b, tty: true}]}         | {containers: [{name: a}, {name: b, tty: true}]}
        a sidecar behind the author's | {containers: [{name: a}]}                  | {containers: [{name: p, image: 'p:1'}]}      | {containers: [{name: a}, {name: p, image: 'p:1'}]}
        a sidecar alone is no pipeline | {containers: []}                          | {containers: [{name: p, image: 'p:1'}]}      | {containers: []}
        nor where there is no list    | {}                                         | {containers: [{name: p, image: 'p:1'}]}      | {}
        nor where the list is null    | {containers: null}                         | {containers: [{name: '*', tty: true}, {name: p}]} | {containers: null}
        an init container alone       | {}                                         | {initContainers: [{name: p, image: 'p:1'}]}  | {initContainers: [{name: p, image: 'p:1'}]}
        every container, also a sidecar | {containers: [{name: a}]}                | {containers: [{name: '*', tty: true}, {name: p, image: 'p:1'}]} | {containers: [{name: a, tty: true}, {name: p, image: 'p:1', tty: true}]}
        by name before every container | {containers: [{name: a}]}                 | {containers: [{name: '*', x: 1}, {name: a, x: 2}]} | {containers: [{name: a, x: 2}]}
        a container named by a placeholder | {containers: [{name: churn}]}         | {containers: [{name: '${name}', tty: true}]} | {containers: [{name: churn, tty: true}]}
        a container without a name    | {containers: [{image: x}]}                 | {containers: [{name: '*', tty: true}]}       | {containers: [{image: x, tty: true}]}
        a sidecar called like an init container | {initContainers: [{name: p}], containers: [{name: a}]} | {containers: [{name: p, image: 'p:1'}]} | {initContainers: [{name: p}], containers: [{name: a}]}
        an init container called like another | {containers: [{name: a}]}           | {initContainers: [{name: a, image: 'p:1'}]}  | {containers: [{name: a}]}
        a probe of every init container | {initContainers: [{name: a}, {name: s, restartPolicy: Always}]} | {initContainers: [{name: '*', tty: true, lifecycle: {preStop: {sleep: {seconds: 1}}}, readinessProbe: {exec: {command: [x]}}}]} | {initContainers: [{name: a, tty: true}, {name: s, restartPolicy: Always, tty: true, lifecycle: {preStop: {sleep: {seconds: 1}}}, readinessProbe: {exec: {command: [x]}}}]}
        a probe of a sidecar          | {containers: [{name: a}]}                  | {initContainers: [{name: s, livenessProbe: {exec: {command: [x]}}, restartPolicy: Always, image: 's:1'}]} | {containers: [{name: a}], initContainers: [{name: s, livenessProbe: {exec: {command: [x]}}, restartPolicy: Always, image: 's:1'}]}
        the pod's own amounts         | {resources: {limits: {memory: 1Gi}}, containers: [{name: a}]} | {containers: [{name: '*', resources: {requests: {memory: 2Gi, cpu: 1}, limits: {memory: 4Gi}}}]} | {resources: {limits: {memory: 1Gi}}, containers: [{name: a, resources: {requests: {cpu: 1}}}]}
        amounts of pod and containers | {containers: [{name: a}]}                  | {resources: {limits: {memory: 8Gi}}, containers: [{name: '*', resources: {limits: {memory: 4Gi}}}]} | {containers: [{name: a, resources: {limits: {memory: 4Gi}}}], resources: {limits: {memory: 8Gi}}}
        amounts of the pod below the author's limit   | {containers: [{name: a, resources: {limits: {memory: 2Gi}}}]} | {resources: {requests: {memory: 1Gi}, limits: {memory: 1Gi, cpu: 1}}} | {containers: [{name: a, resources: {limits: {memory: 2Gi}}}], resources: {limits: {cpu: 1}}}
        amounts of the pod below the author's request | {containers: [{name: a, resources: {requests: {memory: 2Gi}}}]} | {resources: {limits: {memory: 1Gi}}} | {containers: [{name: a, resources: {requests: {memory: 2Gi}}}]}
        amounts of the pod below the author's sum     | {containers: [{name: a, resources: {limits: {cpu: 600m}}}, {name: b, resources: {requests: {cpu: 0.6}}}]} | {resources: {limits: {cpu: 1}}} | {containers: [{name: a, resources: {limits: {cpu: 600m}}}, {name: b, resources: {requests: {cpu: 0.6}}}]}
        amounts of the pod below what runs before     | {initContainers: [{name: i, resources: {limits: {cpu: 2}}}], containers: [{name: a}]} | {resources: {requests: {cpu: 1}}} | {initContainers: [{name: i, resources: {limits: {cpu: 2}}}], containers: [{name: a}]}
        amounts of the pod below sum and sidecar      | {initContainers: [{name: i, restartPolicy: Always, resources: {limits: {cpu: 600m}}}], containers: [{name: a, resources: {limits: {cpu: 600m}}}]} | {resources: {requests: {cpu: 1}}} | {initContainers: [{name: i, restartPolicy: Always, resources: {limits: {cpu: 600m}}}], containers: [{name: a, resources: {limits: {cpu: 600m}}}]}
        a request of the pod beside limits that are more | {containers: [{name: a, resources: {requests: {memory: 1Gi}, limits: {memory: 3Gi}}}, {name: b, resources: {limits: {memory: 3Gi}, requests: {memory: 1Gi}}}]} | {resources: {requests: {memory: 2Gi}, limits: {memory: 4Gi}}} | {containers: [{name: a, resources: {requests: {memory: 1Gi}, limits: {memory: 3Gi}}}, {name: b, resources: {limits: {memory: 3Gi}, requests: {memory: 1Gi}}}], resources: {requests: {memory: 2Gi}, limits: {memory: 4Gi}}}
        amounts of the pod above the author's         | {initContainers: [{name: i, resources: {limits: {cpu: 2}}}], containers: [{name: a, resources: {limits: {cpu: 2}}}]} | {resources: {limits: {cpu: 2}}} | {initContainers: [{name: i, resources: {limits: {cpu: 2}}}], containers: [{name: a, resources: {limits: {cpu: 2}}}], resources: {limits: {cpu: 2}}}
        an element that is null       | {containers: [null, {name: a}]}            | {containers: [{name: a, tty: true}]}         | {containers: [null, {name: a, tty: true}]}
        """)
    void fillsAPod(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod(written);
        lay(cronJob, "{spec: {jobTemplate: {spec: {template: {spec: " + policy + "}}}}}");
        assertThat(Yaml.podSpec(cronJob)).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an env entry that is missing       | {env: [{name: A, value: a}]}         | {env: [{name: B, value: b}]}          | {env: [{name: A, value: a}, {name: B, value: b}]}
        the author's env entry, whole      | {env: [{name: A, value: a}]}         | {env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}]} | {env: [{name: A, value: a}]}
        an env entry without a value       | {env: [{name: A}]}                   | {env: [{name: A, value: ours}]}       | {env: [{name: A}]}
        an env entry with valueFrom        | {env: [{name: A, valueFrom: {x: {}}}]} | {env: [{name: A, value: ours}]}     | {env: [{name: A, valueFrom: {x: {}}}]}
        env with a placeholder             | {}                                   | {env: [{name: RUN, value: '${task}'}]} | {env: [{name: RUN, value: train}]}
        a mount by its path                | {volumeMounts: [{name: mine, mountPath: /a}]} | {volumeMounts: [{name: ours, mountPath: /a, readOnly: true}, {name: ours, mountPath: /b}]} | {volumeMounts: [{name: mine, mountPath: /a}, {name: ours, mountPath: /b}]}
        the author's mount, whole          | {volumeMounts: [{name: w, mountPath: /a, subPath: x}]} | {volumeMounts: [{name: w, mountPath: /a, subPathExpr: y, readOnly: true}]} | {volumeMounts: [{name: w, mountPath: /a, subPath: x}]}
        the author's mount, with a slash   | {volumeMounts: [{name: w, mountPath: /a/}]} | {volumeMounts: [{name: o, mountPath: /a}]} | {volumeMounts: [{name: w, mountPath: /a/}]}
        a policy's mount, with a slash     | {volumeMounts: [{name: w, mountPath: /a}]} | {volumeMounts: [{name: o, mountPath: /a/}, {name: o, mountPath: /b/}]} | {volumeMounts: [{name: w, mountPath: /a}, {name: o, mountPath: /b/}]}
        a port by its number               | {ports: [{containerPort: 80}]}       | {ports: [{containerPort: 80, name: web}, {containerPort: 90}]} | {ports: [{containerPort: 80}, {containerPort: 90}]}
        a port whose name another has      | {ports: [{containerPort: 80, name: web}]} | {ports: [{containerPort: 90, name: web}, {containerPort: 91, name: x}]} | {ports: [{containerPort: 80, name: web}, {containerPort: 91, name: x}]}
        a list without keys, whole         | {envFrom: [{secretRef: {name: a}}]}  | {envFrom: [{secretRef: {name: b}}]}   | {envFrom: [{secretRef: {name: a}}]}
        a probe that is missing            | {}                                   | {livenessProbe: {exec: {command: [x]}, periodSeconds: 5}} | {livenessProbe: {exec: {command: [x]}, periodSeconds: 5}}
        another handler                    | {livenessProbe: {tcpSocket: {port: 1}}} | {livenessProbe: {exec: {command: [x]}, periodSeconds: 5}} | {livenessProbe: {tcpSocket: {port: 1}, periodSeconds: 5}}
        the same handler, whole            | {livenessProbe: {httpGet: {port: 1}}} | {livenessProbe: {httpGet: {path: /x, port: 2}}} | {livenessProbe: {httpGet: {port: 1}}}
        a handler with two members         | {livenessProbe: {periodSeconds: 7}}  | {livenessProbe: {httpGet: {path: /x, port: 2}, periodSeconds: 5}} | {livenessProbe: {periodSeconds: 7, httpGet: {path: /x, port: 2}}}
        a handler that is null             | {livenessProbe: {exec: null}}        | {livenessProbe: {httpGet: {port: 2}}} | {livenessProbe: {exec: null, httpGet: {port: 2}}}
        a lifecycle's handler              | {lifecycle: {preStop: {sleep: {seconds: 1}}}} | {lifecycle: {preStop: {exec: {command: [x]}}, postStart: {exec: {command: [y]}}}} | {lifecycle: {preStop: {sleep: {seconds: 1}}, postStart: {exec: {command: [y]}}}}
        what the server filled in          | {terminationMessagePolicy: File}     | {terminationMessagePolicy: FallbackToLogsOnError} | {terminationMessagePolicy: FallbackToLogsOnError}
        a profile of another type          | {securityContext: {appArmorProfile: {type: Unconfined}}} | {securityContext: {runAsUser: 1, appArmorProfile: {type: Localhost, localhostProfile: p}}} | {securityContext: {appArmorProfile: {type: Unconfined}, runAsUser: 1}}
        a profile that is missing          | {}                                   | {securityContext: {seccompProfile: {localhostProfile: p, type: Localhost}}} | {securityContext: {seccompProfile: {localhostProfile: p, type: Localhost}}}
        what a type means elsewhere        | {securityContext: {seLinuxOptions: {type: t}}} | {securityContext: {seLinuxOptions: {type: u, level: l}}} | {securityContext: {seLinuxOptions: {type: t, level: l}}}
        args beside the author's command   | {command: [x]}                       | {args: [a]}                           | {command: [x]}
        args beside no command             | {command: []}                        | {args: [a]}                           | {command: [], args: [a]}
        a command with its args            | {}                                   | {command: [x], args: [a]}             | {command: [x], args: [a]}
        a command beside the author's args | {args: [a]}                          | {command: [x]}                        | {args: [a], command: [x]}
        a security context in part         | {securityContext: {runAsUser: 5}}    | {securityContext: {runAsUser: 1, runAsNonRoot: true}} | {securityContext: {runAsUser: 5, runAsNonRoot: true}}
        """)
    void fillsAContainer(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [" + written + "]}");
        lay(cronJob, ofEveryContainer(policy));
        assertThat(Yaml.podSpec(cronJob).at("/containers/0")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        neither is there                    | {}                               | {requests: {cpu: 1}, limits: {cpu: 2}}  | {requests: {cpu: 1}, limits: {cpu: 2}}
        a request below the limit           | {limits: {memory: 2Gi}}          | {requests: {memory: 1Gi}}               | {limits: {memory: 2Gi}, requests: {memory: 1Gi}}
        a request above the limit           | {limits: {memory: 512Mi}}        | {requests: {memory: 1Gi}}               | {limits: {memory: 512Mi}, requests: {memory: 512Mi}}
        a limit above the request           | {requests: {memory: 1Gi}}        | {limits: {memory: 2Gi}}                 | {requests: {memory: 1Gi}, limits: {memory: 2Gi}}
        a limit below the request           | {requests: {memory: 8Gi}}        | {limits: {memory: 4Gi}}                 | {requests: {memory: 8Gi}, limits: {memory: 8Gi}}
        as much, written otherwise          | {limits: {cpu: '1'}}             | {requests: {cpu: 1000m}}                | {limits: {cpu: '1'}, requests: {cpu: 1000m}}
        a number, as a file holds it        | {limits: {cpu: 1}}               | {requests: {cpu: 1500m}}                | {limits: {cpu: 1}, requests: {cpu: 1}}
        a fraction, as a file holds it      | {requests: {cpu: 0.5}}           | {limits: {cpu: 100m}}                   | {requests: {cpu: 0.5}, limits: {cpu: 0.5}}
        another resource                    | {limits: {cpu: 1m}}              | {requests: {memory: 1Gi}}               | {limits: {cpu: 1m}, requests: {memory: 1Gi}}
        an accelerator                      | {requests: {nvidia.com/gpu: 2}}  | {limits: {nvidia.com/gpu: 1}}           | {requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: 2}}
        an accelerator's request            | {limits: {nvidia.com/gpu: 2}}    | {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 1}} | {limits: {nvidia.com/gpu: 2}, requests: {nvidia.com/gpu: 2}}
        an accelerator's limit              | {requests: {example.com/fpga: 2}} | {limits: {example.com/fpga: 3}}        | {requests: {example.com/fpga: 2}, limits: {example.com/fpga: 2}}
        huge pages                          | {limits: {hugepages-2Mi: 4Mi}}   | {requests: {hugepages-2Mi: 2Mi}}        | {limits: {hugepages-2Mi: 4Mi}, requests: {hugepages-2Mi: 4Mi}}
        disk space                          | {limits: {ephemeral-storage: 4Gi}} | {requests: {ephemeral-storage: 1Gi}}  | {limits: {ephemeral-storage: 4Gi}, requests: {ephemeral-storage: 1Gi}}
        both of the author's own            | {requests: {cpu: 2}, limits: {cpu: 1}} | {requests: {cpu: 1}, limits: {cpu: 1}} | {requests: {cpu: 2}, limits: {cpu: 1}}
        a policy that contradicts itself    | {}                               | {requests: {cpu: 2}, limits: {cpu: 1}}  | {limits: {cpu: 1}, requests: {cpu: 1}}
        an amount that is none              | {limits: {cpu: lots}}            | {requests: {cpu: 1}}                    | {limits: {cpu: lots}, requests: {cpu: 1}}
        the limit null                      | {limits: {cpu: null}}            | {requests: {cpu: 1}}                    | {limits: {cpu: null}, requests: {cpu: 1}}
        """)
    void keepsRequestsBelowLimits(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, resources: " + written + "}]}");
        lay(cronJob, ofEveryContainer("{resources: " + policy + "}"));
        assertThat(Yaml.podSpec(cronJob).at("/containers/0/resources")).isEqualTo(Yaml.tree(filled));
    }

    @Test
    void boundsNothingButResources() {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: requests}, {name: limits}]}");
        lay(cronJob, ofEveryContainer("{stdin: true}"));
        assertThat(Yaml.podSpec(cronJob))
                .isEqualTo(Yaml.tree("{containers: [{name: requests, stdin: true}, {name: limits, stdin: true}]}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a failure policy beside OnFailure  | {template: {spec: {restartPolicy: OnFailure}}} | {podFailurePolicy: {rules: [{action: Ignore}]}} | {template: {spec: {restartPolicy: OnFailure}}}
        a failure policy beside Never      | {template: {spec: {restartPolicy: Never}}} | {podFailurePolicy: {rules: [{action: Ignore}]}} | {template: {spec: {restartPolicy: Never}}, podFailurePolicy: {rules: [{action: Ignore}]}}
        a failure policy, replaced early   | {podReplacementPolicy: TerminatingOrFailed} | {podFailurePolicy: {rules: [{action: Ignore}]}} | {podReplacementPolicy: TerminatingOrFailed}
        replaced early, a failure policy   | {podFailurePolicy: {rules: [{action: Ignore}]}} | {podReplacementPolicy: TerminatingOrFailed} | {podFailurePolicy: {rules: [{action: Ignore}]}}
        a failure policy, replaced late    | {podReplacementPolicy: Failed}     | {podFailurePolicy: {rules: [{action: Ignore}]}} | {podReplacementPolicy: Failed, podFailurePolicy: {rules: [{action: Ignore}]}, template: {spec: {restartPolicy: Never}}}
        indexes without completions        | {parallelism: 2}                   | {completionMode: Indexed, backoffLimitPerIndex: 1, maxFailedIndexes: 1} | {parallelism: 2}
        indexes of the author's number     | {completions: 2}                   | {completionMode: Indexed, backoffLimitPerIndex: 1} | {completions: 2, completionMode: Indexed, backoffLimitPerIndex: 1}
        indexes and their number           | {}                                 | {maxFailedIndexes: 1, backoffLimitPerIndex: 1, completionMode: Indexed, completions: 2} | {maxFailedIndexes: 1, backoffLimitPerIndex: 1, completionMode: Indexed, completions: 2}
        what is of indexes, without them   | {completionMode: NonIndexed}       | {completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1, successPolicy: {rules: [{succeededCount: 1}]}} | {completionMode: NonIndexed, completions: 2}
        a rule for indexes without them    | {completionMode: NonIndexed}       | {backoffLimitPerIndex: 1, podFailurePolicy: {rules: [{action: FailIndex}]}} | {completionMode: NonIndexed}
        most failed indexes alone          | {completions: 2, completionMode: Indexed} | {maxFailedIndexes: 1}     | {completions: 2, completionMode: Indexed}
        """)
    void laysOfAJobWhatKubernetesAllows(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipeline("{jobTemplate: {spec: " + written + "}}");
        lay(cronJob, "{spec: {jobTemplate: {spec: " + policy + "}}}");
        assertThat(cronJob.at("/spec/jobTemplate/spec")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        users of its own, on the node's network | {hostNetwork: true}                | {hostUsers: false}             | {hostNetwork: true}
        users of its own, with its processes    | {hostPID: true}                    | {hostUsers: false}             | {hostPID: true}
        users of its own, with its IPC          | {hostIPC: true}                    | {hostUsers: false}             | {hostIPC: true}
        users of its own                        | {hostNetwork: false}               | {hostUsers: false}             | {hostNetwork: false, hostUsers: false}
        users of the node                       | {hostNetwork: true}                | {hostUsers: true}              | {hostNetwork: true, hostUsers: true}
        shared processes, and the node's        | {hostPID: true}                    | {shareProcessNamespace: true}  | {hostPID: true}
        a document that contradicts itself      | {}                                 | {shareProcessNamespace: true, hostPID: true} | {hostPID: true}
        no shared processes, and the node's     | {hostPID: true}                    | {shareProcessNamespace: false} | {hostPID: true, shareProcessNamespace: false}
        """)
    void laysOfAPodWhatKubernetesAllows(String story, String written, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod(written);
        lay(cronJob, ofPod(policy));
        assertThat(Yaml.podSpec(cronJob)).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no escalation of one privileged    | {}                                  | {securityContext: {privileged: true}}        | {securityContext: {allowPrivilegeEscalation: false, runAsUser: 1}} | {securityContext: {privileged: true, runAsUser: 1}}
        no escalation of an administrator  | {}                                  | {securityContext: {capabilities: {add: [CAP_CHOWN, CAP_SYS_ADMIN]}}} | {securityContext: {allowPrivilegeEscalation: false}} | {securityContext: {capabilities: {add: [CAP_CHOWN, CAP_SYS_ADMIN]}}}
        no escalation of another           | {}                                  | {securityContext: {privileged: false}}       | {securityContext: {allowPrivilegeEscalation: false}} | {securityContext: {privileged: false, allowPrivilegeEscalation: false}}
        escalation of one privileged       | {}                                  | {securityContext: {privileged: true}}        | {securityContext: {allowPrivilegeEscalation: true}}  | {securityContext: {privileged: true, allowPrivilegeEscalation: true}}
        another size by a restart          | {restartPolicy: OnFailure}          | {}                                           | {resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]} | {resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}
        another size, and no restart       | {restartPolicy: Never}              | {}                                           | {resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]} | {}
        another size without a restart     | {restartPolicy: Never}              | {}                                           | {resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]} | {resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]}
        a pause longer than the end takes  | {terminationGracePeriodSeconds: 10} | {}                                           | {stdin: true, lifecycle: {preStop: {sleep: {seconds: 15}}}} | {stdin: true}
        a pause that is not                | {terminationGracePeriodSeconds: 15} | {}                                           | {lifecycle: {preStop: {sleep: {seconds: 15}}}} | {lifecycle: {preStop: {sleep: {seconds: 15}}}}
        a pause at the start               | {terminationGracePeriodSeconds: 10} | {}                                           | {lifecycle: {postStart: {sleep: {seconds: 15}}}} | {}
        a pause longer than the server's   | {}                                  | {}                                           | {lifecycle: {preStop: {sleep: {seconds: 31}}}} | {}
        """)
    void laysOfAContainerWhatKubernetesAllows(
            String story, String pod, String container, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod(pod);
        ObjectNode written = Yaml.object(container);
        cronJob.withObject("/spec/jobTemplate/spec/template/spec")
                .putArray("containers")
                .add(written.put("name", "a"));
        lay(cronJob, ofEveryContainer(policy));
        JsonNode laid = ((ObjectNode) Yaml.podSpec(cronJob).at("/containers/0")).without("name");
        assertThat(laid).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        who it runs as                | {runAsUser: 1}                     | {runAsUser: 2, runAsNonRoot: true}       | {runAsNonRoot: true}
        of two kinds                  | {seccompProfile: {type: Localhost, localhostProfile: x}} | {seccompProfile: {type: RuntimeDefault}, privileged: false} | {privileged: false}
        some of what there is         | {seLinuxOptions: {level: a}}       | {seLinuxOptions: {role: b}}              |
        nothing of it                 | {fsGroup: 1}                       | {runAsUser: 2}                           | {runAsUser: 2}
        """)
    void laysIntoNoContainerWhatTheAuthorSaysOfThePod(String story, String pod, String policy, String filled) {
        ObjectNode cronJob = Yaml.pipelineOfPod("{securityContext: " + pod + ", containers: [{name: a}]}");
        lay(cronJob, ofEveryContainer("{securityContext: " + policy + "}"));
        assertThat(Yaml.podSpec(cronJob).at("/containers/0/securityContext"))
                .isEqualTo(filled == null ? MissingNode.getInstance() : Yaml.tree(filled));
    }

    @Test
    void laysIntoAContainerWhatAPolicySaysOfThePod() {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        lay(cronJob, ofEveryContainer("{securityContext: {runAsUser: 2}}"), ofPod("{securityContext: {runAsUser: 1}}"));
        assertThat(Yaml.podSpec(cronJob).findValuesAsText("runAsUser")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void laysIntoItsOwnContainerWhatTheAuthorSaysOfThePod() {
        ObjectNode cronJob = Yaml.pipelineOfPod("{securityContext: {runAsUser: 1}, containers: [{name: a}]}");
        lay(cronJob, ofPod("{containers: [{name: proxy, image: 'p:1', securityContext: {runAsUser: 2}}]}"));
        assertThat(Yaml.podSpec(cronJob)
                        .at("/containers/1/securityContext/runAsUser")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void laysIntoAContainerWhatThePodsOfOtherDocumentsAllow() {
        ObjectNode cronJob =
                Yaml.pipelineOfPod("{terminationGracePeriodSeconds: 30, containers: [{name: a}, {name: b}]}");
        String sleep = ofEveryContainer("{lifecycle: {preStop: {sleep: {seconds: 45}}}}");
        lay(cronJob, sleep, ofPod("{terminationGracePeriodSeconds: 60}"));
        assertThat(Yaml.podSpec(cronJob).findValuesAsText("seconds")).containsExactly("45", "45");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the number | completions    | {}
        the mode   | completionMode | {completions: 2}
        """)
    void laysOfAJobWhatKubernetesAllowsBesideWhatIsKept(String story, String kept, String filled) {
        ObjectNode cronJob = Yaml.pipeline("{jobTemplate: {spec: {}}}");
        cronJob.withObject("/metadata/annotations").put("penstock.dev/keep", kept);
        lay(
                cronJob,
                "{spec: {jobTemplate: {spec: {completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1}}}}");
        assertThat(cronJob.at("/spec/jobTemplate/spec")).isEqualTo(Yaml.tree(filled));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the author applied it      | {"spec":{"concurrencyPolicy":"Allow"}} | Allow
        the author applied another | {"spec":{"suspend":false}}             | Forbid
        """)
    void keepsAServerDefaultThatTheAuthorWrote(String story, String lastApplied, String kept) {
        ObjectNode cronJob = Yaml.pipeline("{concurrencyPolicy: Allow}");
        cronJob.withObject("/metadata/annotations")
                .put("kubectl.kubernetes.io/last-applied-configuration", lastApplied);
        lay(cronJob, "{spec: {concurrencyPolicy: Forbid}}");
        assertThat(cronJob.at("/spec/concurrencyPolicy").textValue()).isEqualTo(kept);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a text where an object is meant    | {metadata: {labels: x}}            | metadata.labels:
        an object where a list is meant    | {spec: {volumes: {}}}              | spec.volumes:
        an element that is no object       | {spec: {volumes: [x]}}             | spec.volumes[0]:
        """)
    void namesTheWrongType(String story, String written, String named) {
        ObjectNode cronJob = Yaml.object(written);
        assertThatThrownBy(() -> lay(cronJob, "{metadata: {labels: {a: b}}, spec: {volumes: [{name: a}]}}"))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageStartingWith(named);
    }

    @Test
    void tellsOfEachFieldAndWhereItCameFrom() {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a}]}");
        List<Change> changes = lay(
                cronJob, ofEveryContainer("{env: [{name: A, value: a}], resources: {limits: {cpu: 1, memory: 1Gi}}}"));
        assertThat(changes)
                .extracting(change -> change.path().stable())
                .containsExactly(
                        "spec.jobTemplate.spec.template.spec.containers[a].env[A]",
                        "spec.jobTemplate.spec.template.spec.containers[a].resources.limits[cpu]",
                        "spec.jobTemplate.spec.template.spec.containers[a].resources.limits[memory]");
        assertThat(changes).extracting(Change::reason).containsOnly(Reason.policy("test"));
    }

    /** Lays partial CronJobs under the other, and again, which must change nothing; gives the first time's changes. */
    private static List<Change> lay(ObjectNode cronJob, String... partial) {
        List<ObjectNode> policies = Stream.of(partial).map(Yaml::object).toList();
        Manifest manifest = layOnce(cronJob, policies);
        JsonNode result = cronJob.deepCopy();
        assertThat(layOnce(cronJob, policies).changes()).isEmpty();
        assertThat((JsonNode) cronJob).isEqualTo(result);
        assertThat(policies)
                .containsExactly(Stream.of(partial).map(Yaml::object).toArray(ObjectNode[]::new));
        return manifest.changes();
    }

    private static Manifest layOnce(ObjectNode cronJob, List<ObjectNode> partial) {
        Manifest manifest = new Manifest(cronJob);
        Defaulter defaulter = new Defaulter(manifest, Intent.of(manifest.read()), (path, value) -> false);
        List<Overlay> overlays = partial.stream()
                .map(policy -> new Overlay(policy, Reason.policy("test")))
                .toList();
        overlays.forEach(overlay -> overlay.addContainers(defaulter, PLACEHOLDERS));
        overlays.forEach(overlay -> overlay.layUnder(defaulter, PLACEHOLDERS, image -> image));
        overlays.forEach(overlay -> overlay.layIntoContainers(defaulter, PLACEHOLDERS, image -> image));
        return manifest;
    }

    private static String ofPod(String podSpec) {
        return "{spec: {jobTemplate: {spec: {template: {spec: " + podSpec + "}}}}}";
    }

    private static String ofEveryContainer(String container) {
        return "{spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: '*', " + container.substring(1)
                + "]}}}}}}";
    }
}

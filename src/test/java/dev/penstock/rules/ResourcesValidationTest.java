package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none, and none is required       | {}                            | {}                                            | -
        a limit that is required         | {require: [limits.memory]}    | {limits: {memory: 1Gi}}                       | -
        none                             | {require: [limits.memory]}    | {}                                            | REQUIRED limits.memory
        null                             | {require: [limits.memory]}    | {limits: {memory: null}}                      | REQUIRED limits.memory
        a limit of 0, which is none      | {require: [limits.memory]}    | {limits: {memory: 0Mi}}                       | REQUIRED limits.memory
        no request by it either          | {require: [requests.cpu]}     | {limits: {cpu: '0'}}                          | REQUIRED requests.cpu
        none where there may be none     | {min: {cpu: 1}, max: {cpu: 2}} | {limits: {cpu: 0}}                           | -
        no accelerator at all            | {require: [limits.nvidia.com/gpu]} | {limits: {nvidia.com/gpu: 0}}            | -
        a request instead                | {require: [limits.memory]}    | {requests: {memory: 1Gi}}                     | REQUIRED limits.memory
        a limit, which is the request    | {require: [requests.cpu]}     | {limits: {cpu: 1}}                            | -
        neither                          | {require: [requests.cpu]}     | {}                                            | REQUIRED requests.cpu
        a resource with a domain         | {require: [limits.nvidia.com/gpu]} | {limits: {nvidia.com/gpu: 1}}            | -
        several                          | {require: [limits.cpu, limits.memory]} | {}                                   | REQUIRED limits.cpu, REQUIRED limits.memory
        within bounds                    | {min: {memory: 1Gi}, max: {memory: 16Gi}} | {limits: {memory: 16384Mi}}       | -
        below                            | {min: {memory: 1Gi}}          | {limits: {memory: 1023Mi}}                    | INVALID limits.memory
        above                            | {max: {memory: 16Gi}}         | {limits: {memory: 17179869185}}               | INVALID limits.memory
        a request above                  | {max: {cpu: 2}}               | {requests: {cpu: 2001m}}                      | INVALID requests.cpu
        a request above its limit        | {}                            | {requests: {cpu: 1}, limits: {cpu: 999m}}     | early INVALID requests.cpu
        a request as its limit           | {}                            | {requests: {cpu: 0.5}, limits: {cpu: 500m}}   | -
        a request below its limit        | {}                            | {requests: {memory: 1e3}, limits: {memory: 1Ki}} | -
        a request without a limit        | {}                            | {requests: {memory: 1Gi}}                     | -
        no quantity                      | {}                            | {requests: {memory: 1GB}}                     | early INVALID requests.memory
        an accelerator                   | {}                            | {limits: {nvidia.com/gpu: 1}}                 | -
        as many as its limit             | {}                            | {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: '1'}} | -
        fewer than its limit             | {}                            | {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}} | early INVALID requests[nvidia.com/gpu]
        an accelerator without a limit   | {}                            | {requests: {nvidia.com/gpu: 1}}               | early REQUIRED limits[nvidia.com/gpu]
        no accelerator to the policy     | {accelerators: [amd.com/gpu]} | {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}} | -
        """)
    void checksTheContainer(String story, String parameters, String resources, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, resources: " + resources + "}]}");
        String found = RuleRun.findings("resources", parameters, cronJob).replace("containers[0].resources.", "");
        assertThat(found.replaceAll("(limits|requests)\\[(cpu|memory)]", "$1.$2"))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the pod's limit                 | {require: [limits.memory]}   | {limits: {memory: 1Gi}}                       | -
        of something else               | {require: [limits.memory]}   | {limits: {cpu: 1}}                            | REQUIRED containers[0].resources.limits[memory]
        of 0, which is none             | {require: [limits.memory]}   | {limits: {memory: 0}}                         | REQUIRED containers[0].resources.limits[memory]
        the pod's limit for a request   | {require: [requests.memory]} | {limits: {memory: 1Gi}}                       | -
        the pod's request for a limit   | {require: [limits.memory]}   | {requests: {memory: 1Gi}}                     | REQUIRED containers[0].resources.limits[memory]
        more than allowed               | {max: {memory: 16Gi}}        | {limits: {memory: 900Gi}}                     | INVALID resources.limits[memory]
        less than asked for             | {min: {memory: 16Gi}}        | {requests: {memory: 1Gi}}                     | INVALID resources.requests[memory]
        a request above the limit       | {}                           | {requests: {cpu: 2}, limits: {cpu: 1}}        | early INVALID resources.requests[cpu]
        """)
    void looksAtThePodsOwnResources(String story, String parameters, String resources, String findings)
            throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{resources: " + resources + ", containers: [{name: a}]}");
        assertThat(RuleRun.findings("resources", parameters, cronJob)).isEqualTo(findings);
    }

    /** Containers, as the number of their accelerators; {@code *} for a sidecar. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none                            |           |       | 0
        one container                   |           | 2     | 2
        the sum over containers         |           | 1 2   | 3
        an init container gives it back | 2         | 2     | 2
        one init container needs more   | 4 1       | 1 1   | 4
        a sidecar goes on               | 1*        | 2     | 3
        a sidecar beside what follows   | 1* 4      | 2     | 5
        not beside what went before     | 4 1*      | 2     | 4
        two sidecars                    | 1* 1* 1   | 0     | 3
        """)
    void countsAcceleratorsAsKubernetesDoes(String story, @Nullable String init, String containers, int total)
            throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(
                "{initContainers: [" + containers(init) + "], containers: [" + containers(containers) + "]}");
        assertThat(RuleRun.findings("resources", "{maxAccelerators: " + total + "}", cronJob))
                .isEqualTo("-");
        if (total > 0) {
            assertThat(RuleRun.findings("resources", "{maxAccelerators: " + (total - 1) + "}", cronJob))
                    .isEqualTo("INVALID spec.jobTemplate.spec.template.spec");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one pod                    | {}                                | 2
        several pods at once       | {parallelism: 3}                  | 6
        fewer than there is to do  | {parallelism: 3, completions: 9}  | 6
        more than there is to do   | {parallelism: 3, completions: 2}  | 4
        paused                     | {parallelism: 0}                  | 0
        """)
    void countsEachPodOfARun(String story, String job, int total) throws Exception {
        ObjectNode cronJob = Yaml.pipeline("{jobTemplate: {spec: " + job + "}}");
        cronJob.withObject("/spec/jobTemplate/spec/template")
                .set("spec", Yaml.tree("{containers: [" + containers("2") + "]}"));
        assertThat(RuleRun.findings("resources", "{maxAccelerators: " + total + "}", cronJob))
                .isEqualTo("-");
        if (total > 0) {
            assertThat(RuleRun.findings("resources", "{maxAccelerators: " + (total - 1) + "}", cronJob))
                    .isNotEqualTo("-");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        each kind that is named  | [nvidia.com/gpu, amd.com/gpu] | INVALID spec.jobTemplate.spec.template.spec
        no other                 | [nvidia.com/gpu]              | -
        """)
    void addsKindsOfAccelerators(String story, String accelerators, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod(
                "{containers: [{resources: {limits: {nvidia.com/gpu: 1, amd.com/gpu: 1, cpu: 9}}}]}");
        String parameters = "{maxAccelerators: 1, accelerators: " + accelerators + "}";
        assertThat(RuleRun.findings("resources", parameters, cronJob)).isEqualTo(findings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{limits: {memory: true}}", "{limits: {memory: [1]}}", "{limits: []}", "{requests: {a: {}}}"})
    void takesNothingElseForAQuantity(String resources) {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [{name: a, resources: " + resources + "}]}");
        assertThatThrownBy(() -> RuleRun.findings("resources", "{}", cronJob)).isInstanceOf(WrongTypeException.class);
    }

    private static String containers(@Nullable String amounts) {
        if (amounts == null) {
            return "";
        }
        StringBuilder containers = new StringBuilder();
        for (String amount : amounts.split(" ", -1)) {
            String restartPolicy = amount.endsWith("*") ? "restartPolicy: Always, " : "";
            containers
                    .append("{")
                    .append(restartPolicy)
                    .append("resources: {limits: {nvidia.com/gpu: ")
                    .append(amount.replace("*", ""))
                    .append("}}},");
        }
        return containers.toString();
    }
}

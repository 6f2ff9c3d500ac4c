package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing                      | {}                                                             | -
        a plain variable             | {env: [{name: LEVEL, value: debug}]}                           | -
        a password                   | {env: [{name: DB_PASSWORD, value: hunter2}]}                   | INVALID containers[0].env[0].value
        a password by reference      | {env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}]} | -
        a password by variable       | {env: [{name: DB_PASSWORD, value: $(PASSWORD)}]}               | -
        an empty password            | {env: [{name: DB_PASSWORD, value: ''}]}                        | -
        a token by its shape         | {env: [{name: KEY, value: AKIAIOSFODNN7EXAMPLE}]}              | INVALID containers[0].env[0].value
        the special token of a model | {env: [{name: PAD_TOKEN, value: '[PAD]'}]}                     | -
        a nameless variable          | {env: [{value: hunter2}]}                                      | -
        an argument                  | {args: [--task, train, --password=hunter2]}                    | INVALID containers[0].args[2]
        two arguments                | {args: [--password, hunter2]}                                  | INVALID containers[0].args[1]
        a flag with nothing          | {args: [--ask-password, --task, train]}                        | -
        a sentence in an argument    | {args: ['--prompt=say the password', hunter2]}                 | -
        a command                    | {command: [sh, -c, 'PGPASSWORD=hunter2 psql']}                 | INVALID containers[0].command[2]
        each of them                 | {args: [--password=a], env: [{name: PASSWORD, value: b}]}      | INVALID containers[0].env[0].value, INVALID containers[0].args[0]
        """)
    void looksAtTheContainer(String story, String container, String findings) throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{containers: [" + container + "]}");
        assertThat(RuleRun.findings("credentials", "{}", cronJob)).isEqualTo(findings);
    }

    @Test
    void looksAtInitContainersToo() throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("{initContainers: [{args: [--password=hunter2]}]}");
        assertThat(RuleRun.findings("credentials", "{}", cronJob)).isEqualTo("INVALID initContainers[0].args[0]");
    }

    /** Such as the image, which is no place where credentials are looked for. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an image       | imageTag  | {}                             | {containers: [{name: a, image: 'https://user:hunter2@reg/x:1'}]}   | ://***:***@
        a token        | imageTag  | {}                             | {containers: [{name: a, image: hf_hunter2hunter2hunter2hunter2hunter2hunter2}]} | hf_***
        what is right  | imageTag  | {requireDigest: true}          | {containers: [{name: a, image: 'reg.io/hf_hunter2hunter2hunter2hunter2hunter2hunter2:1'}]} | write reg.io/***@sha256
        a plain image  | imageTag  | {}                             | {containers: [{name: a, image: 'hunter:latest'}]}                  | hunter:latest
        """)
    void isShownByNoOtherRule(String story, String rule, String parameters, String podSpec, String shown)
            throws Exception {
        List<Finding> findings =
                RuleRun.under("{rules: {" + rule + ": " + parameters + "}}").check(Yaml.pipelineOfPod(podSpec)).stream()
                        .filter(finding -> finding.rule().equals(rule))
                        .toList();
        assertThat(findings).hasSize(1);
        assertThat(findings + findings.get(0).message()).contains(shown).doesNotContain("hunter2");
    }

    @Test
    void isNotShownOfALabelThatIsCalledSo() throws Exception {
        ObjectNode cronJob =
                Yaml.object("{metadata: {labels: {a/db-password: hunter2}, annotations: {penstock.dev/task: a}}}");
        List<Finding> findings =
                RuleRun.under("{rules: {labels: {action: Deny, require: {a/db-password: x}}}}").check(cronJob).stream()
                        .filter(finding -> finding.rule().equals("labels"))
                        .toList();
        assertThat(findings).isNotEmpty();
        assertThat(findings.toString()).contains("password=***").doesNotContain("hunter2");
    }

    @Test
    void neverShowsTheSecret() throws Exception {
        ObjectNode cronJob = Yaml.pipelineOfPod("""
                containers:
                  - command: [sh, -c, 'PASSWORD=hunter2 run', 'postgres://a:hunter2@b/']
                    args: [--db-password, hunter2, hf_hunter2hunter2hunter2hunter2hunter2hunter2]
                    env: [{name: A_PASSWORD, value: hunter2}, {name: B_TOKEN, value: hunter2hunter2hunter2}]
                """);
        List<Finding> findings = RuleRun.under("{rules: {arguments: {action: Ignore}}}").check(cronJob).stream()
                .filter(finding -> finding.rule().equals("credentials"))
                .toList();
        assertThat(findings).hasSize(6);
        assertThat(findings.toString() + findings.stream().map(Finding::message).toList())
                .doesNotContain("hunter2");
    }
}

package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRegistryValidationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        any, by default                   | null                            | churn                                 | -
        the registry                      | [registry.example.com]          | registry.example.com/churn:1          | -
        the registry with a slash         | [registry.example.com/]         | registry.example.com/team/churn       | -
        another registry                  | [registry.example.com]          | registry.example.org/churn            | INVALID containers[0].image
        one that begins alike             | [registry.example.com]          | registry.example.com.evil.org/churn   | INVALID containers[0].image
        its port                          | [registry.example.com]          | registry.example.com:5000/churn       | INVALID containers[0].image
        the port                          | ['registry.example.com:5000']   | registry.example.com:5000/churn       | -
        a team                            | [registry.example.com/team]     | registry.example.com/team/churn:1     | -
        a team that begins alike          | [registry.example.com/team]     | registry.example.com/team-evil/churn  | INVALID containers[0].image
        an image                          | [registry.example.com/churn]    | registry.example.com/churn:1          | -
        below a path only                 | [registry.example.com/team/]    | registry.example.com/team             | INVALID containers[0].image
        a part of a path                  | [registry.example.com/team/a]   | registry.example.com/team/ab          | INVALID containers[0].image
        a short name                      | [docker.io/library]             | churn:1                               | -
        a short name elsewhere            | [registry.example.com]          | churn:1                               | INVALID containers[0].image
        a user of Docker Hub              | [docker.io/team]                | team/churn                            | -
        a user is no official image       | [docker.io/library]             | team/churn                            | INVALID containers[0].image
        Docker Hub by its name            | [docker.io/library]             | docker.io/churn                       | -
        Docker Hub by its old name        | [docker.io/library]             | index.docker.io/library/churn         | -
        all of Docker Hub                 | [docker.io]                     | team/churn                            | -
        a host without a dot              | [registry.example.com]          | registry/churn                        | INVALID containers[0].image
        localhost                         | [localhost]                     | localhost/churn                       | -
        one of two                        | [docker.io, registry.example.com] | registry.example.com/churn          | -
        a digest                          | [registry.example.com]          | registry.example.com/churn@sha256:HEX | -
        capitals in the path              | [registry.example.com]          | registry.example.com/Churn            | INVALID containers[0].image
        none                              | [registry.example.com]          | ''                                    | -
        """)
    void checksTheImage(String story, String allow, String image, String findings) throws Exception {
        String podSpec = "{containers: [{image: '" + image.replace("HEX", "0123456789abcdef".repeat(4)) + "'}]}";
        assertThat(RuleRun.findings("imageRegistry", "{allow: " + allow + "}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        init containers   | {initContainers: [{image: a}]}                                 | INVALID initContainers[0].image
        mounted images    | {volumes: [{name: a, image: {reference: a}}, {name: b}]}       | INVALID volumes[0].image.reference
        """)
    void checksWhatElseHasAnImage(String story, String podSpec, String findings) throws Exception {
        assertThat(RuleRun.findings("imageRegistry", "{allow: [registry.example.com]}", Yaml.pipelineOfPod(podSpec)))
                .isEqualTo(findings);
    }
}

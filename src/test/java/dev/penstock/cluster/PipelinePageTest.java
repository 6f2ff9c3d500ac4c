package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinePageTest {
    @Test
    void eachPipelineIsCutOutWhole() throws Exception {
        String tricky = "{\"a\":\"}],{ \\\" é 漢\",\"b\":[{\"c\":{}}]}";
        PipelinePage page = page("{\"kind\":\"CronJobList\", \"items\" : [ " + tricky + " , {} ],"
                + "\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"abc=\"}}");
        assertThat(page.pipelines().stream().map(PipelinePage::parse).map(ObjectNode::toString))
                .isEqualTo(List.of(tricky, "{}"));
        assertThat(page.next()).isEqualTo("abc=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"items\":null,\"metadata\":{}}", "{\"metadata\":{\"continue\":\"\"},\"items\":[]}"})
    void aListMayHoldNothing(String list) throws Exception {
        assertThat(page(list)).isEqualTo(new PipelinePage(List.of(), PipelinePage.FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":[{", "{\"items\":[{}", "{\"items\": [oops]}"})
    void aListThatBreaksOffIsNone(String list) {
        assertThatIOException().isThrownBy(() -> page(list));
    }

    @Test
    void saysWhyItGetsNone() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client = ApiClient.of(config, new VertxHttpClientFactory())) {
            assertThatThrownBy(() -> PipelinePage.get(client, PipelinePage.FIRST, Duration.ofSeconds(30)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageStartingWith(
                            "cannot read cronjobs of the cluster at http://127.0.0.1:1/: Connection refused");
        }
    }

    private static PipelinePage page(String list) throws IOException {
        return PipelinePage.of(list.getBytes(StandardCharsets.UTF_8));
    }
}

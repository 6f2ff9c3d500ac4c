package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static PipelinePage page(String list) throws IOException {
        return PipelinePage.of(list.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private final ObjectNode tree = Yaml.object("{a: sent, unknownToUs: {deep: [1, {x: null}]}}");
    private final Manifest manifest = new Manifest(tree);

    @Test
    void hasNoChangesAndNoPatchBeforeAWrite() {
        assertThat(manifest.changes()).isEmpty();
        assertThat(manifest.patch()).isEmpty();
    }

    @Test
    void countsAFieldWrittenTwiceAsOneChangeFromWhatWasSent() {
        manifest.edit().at("a").set(TextNode.valueOf("first"), Reason.policy("p"));
        manifest.edit().at("b").set(TextNode.valueOf("between"), Reason.policy("p"));
        manifest.edit().at("a").set(TextNode.valueOf("second"), Reason.derived("b"));
        assertThat(manifest.changes())
                .extracting(change -> change.path().toString())
                .containsExactly("b", "a");
        assertThat(manifest.changes().get(1))
                .isEqualTo(new Change(
                        FieldPath.ROOT.member("a"),
                        TextNode.valueOf("sent"),
                        TextNode.valueOf("second"),
                        Reason.derived("b")));
        assertThat(manifest.patch()).hasSize(3);
    }

    @Test
    void recordsWhatWasAbsentAsMissing() {
        manifest.edit().at("b", "c").set(IntNode.valueOf(1), Reason.annotation("x"));
        assertThat(manifest.changes()).hasSize(1);
        assertThat(manifest.changes().get(0).before().isMissingNode()).isTrue();
        assertThat(manifest.changes().get(0).reason()).hasToString("annotation x");
    }

    @Test
    void recordsAValueAsItWasThen() {
        manifest.edit().at("b").set(Yaml.tree("{x: 1}"), Reason.policy("p"));
        manifest.edit().at("b", "y").set(TextNode.valueOf("later"), Reason.policy("p"));
        assertThat(manifest.changes().get(0).value()).isEqualTo(Yaml.tree("{x: 1}"));
    }

    @Test
    void writesIntoTheTreeThatItWasGivenAndNothingElse() {
        manifest.edit().at("a").set(TextNode.valueOf("new"), Reason.policy("p"));
        assertThat(tree).isEqualTo(Yaml.tree("{a: new, unknownToUs: {deep: [1, {x: null}]}}"));
        assertThat(manifest.read().at("a").asText()).contains("new");
    }

    @Test
    void keepsItsRecordsToItself() {
        manifest.edit().at("a").set(TextNode.valueOf("new"), Reason.policy("p"));
        List<Change> changes = manifest.changes();
        assertThatThrownBy(changes::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}

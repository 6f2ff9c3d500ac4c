package dev.penstock.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Policies as YAML. */
public final class PolicyFile {
    private static final ObjectMapper YAML = JsonMapper.builder(new YAMLFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PolicyFile() {}

    private static final class BuiltIn {
        static final PipelinePolicy POLICY = read();

        private static PipelinePolicy read() {
            try (InputStream in =
                    Objects.requireNonNull(PolicyFile.class.getResourceAsStream("/built-in-policy.yaml"))) {
                return PipelinePolicy.read(YAML.readTree(in));
            } catch (IOException | InvalidPolicyException e) {
                throw new IllegalStateException("the built-in policy is broken", e);
            }
        }
    }

    /** The policy that applies where nobody wrote one: the lowest layer everywhere. */
    public static PipelinePolicy builtIn() {
        return BuiltIn.POLICY;
    }

    /**
     * The documents of a file, of which it may hold several.
     *
     * @return at least one
     * @throws InvalidPolicyException if it is no YAML, or holds nothing
     */
    static List<JsonNode> documents(byte[] yaml) throws InvalidPolicyException {
        List<JsonNode> documents = new ArrayList<>();
        String text = text(yaml);
        try {
            refuseAliases(text);
            MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(text);
            while (read.hasNextValue()) {
                JsonNode document = read.nextValue();
                if (document != null && !document.isNull()) { // what is between two lines of ---
                    documents.add(document);
                }
            }
        } catch (JsonProcessingException e) {
            throw invalid(sentence(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (documents.isEmpty()) {
            throw invalid("holds no document");
        }
        return documents;
    }

    private static String text(byte[] yaml) throws InvalidPolicyException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid("is no text in UTF-8");
        }
    }

    /** Jackson would read {@code *limits} as the text {@code limits}. */
    private static void refuseAliases(String yaml) throws IOException, InvalidPolicyException {
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    int line = parser.currentTokenLocation().getLineNr();
                    throw invalid("line " + line + ": the alias *" + parser.getText() + ": write its value out");
                }
            }
        }
    }

    private static InvalidPolicyException invalid(String message) {
        return new InvalidPolicyException(List.of(new PolicyProblem("", message)));
    }

    /** One line, where the parser's own message is several and names classes. */
    private static String sentence(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return "line " + (marked.getProblemMark().getLine() + 1) + ": not YAML: " + marked.getProblem();
        }
        String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
        return where + "not YAML: " + e.getOriginalMessage();
    }
}

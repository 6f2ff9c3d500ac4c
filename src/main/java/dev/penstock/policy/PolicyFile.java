package dev.penstock.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Policies as YAML files. */
public final class PolicyFile {
    private static final ObjectMapper YAML = JsonMapper.builder(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PolicyFile() {}

    /** The policy that applies where nobody wrote one: the lowest layer everywhere. */
    public static PipelinePolicy builtIn() {
        try (InputStream in = Objects.requireNonNull(PolicyFile.class.getResourceAsStream("/built-in-policy.yaml"))) {
            return PipelinePolicy.read(YAML.readTree(in));
        } catch (IOException | InvalidPolicyException e) {
            throw new IllegalStateException("the built-in policy is broken", e);
        }
    }

    /**
     * Reads a file that holds one policy.
     *
     * @throws InvalidPolicyException if the file is no YAML, or no policy
     * @throws UncheckedIOException if it cannot be read
     */
    public static PipelinePolicy read(Path file) throws InvalidPolicyException {
        try {
            byte[] yaml = Files.readAllBytes(file);
            refuseAliases(yaml);
            return PipelinePolicy.read(YAML.readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new InvalidPolicyException(List.of(new PolicyProblem("", sentence(e))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson would read {@code *limits} as the text {@code limits}. */
    private static void refuseAliases(byte[] yaml) throws IOException, InvalidPolicyException {
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    int line = parser.currentTokenLocation().getLineNr();
                    throw new InvalidPolicyException(List.of(new PolicyProblem(
                            "", "line " + line + ": the alias *" + parser.getText() + ": write its value out")));
                }
            }
        }
    }

    /** One line, where the parser's own message is several and names classes. */
    private static String sentence(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return "line " + (marked.getProblemMark().getLine() + 1) + ": not YAML: " + marked.getProblem();
        }
        String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
        return where
                + (e instanceof MismatchedInputException
                        ? "more than one document, but a file holds one policy"
                        : "not YAML: " + e.getOriginalMessage());
    }
}

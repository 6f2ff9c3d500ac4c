package dev.penstock.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.yaml.UnreadableException;
import dev.penstock.yaml.YamlDocument;
import dev.penstock.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Policies as YAML. */
public final class PolicyFile {
    private PolicyFile() {}

    private static final class BuiltIn {
        static final PipelinePolicy POLICY = read();

        private static PipelinePolicy read() {
            try (InputStream in =
                    Objects.requireNonNull(PolicyFile.class.getResourceAsStream("/built-in-policy.yaml"))) {
                return PipelinePolicy.read(documents(in).get(0));
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
     * The documents of a file, of which it may hold several, also as the items of a {@code List}.
     *
     * @return at least one
     * @throws InvalidPolicyException if it is neither YAML nor JSON, or holds nothing
     */
    static List<JsonNode> documents(InputStream yaml) throws IOException, InvalidPolicyException {
        try {
            List<JsonNode> documents = YamlFile.read(yaml).objects().stream()
                    .map(YamlDocument::value)
                    .toList();
            if (documents.isEmpty()) {
                throw invalid("holds no document");
            }
            return documents;
        } catch (UnreadableException e) {
            String where = e.place().isKnown() ? "line " + e.place().line() + ": " : "";
            throw invalid(where + e.getMessage());
        }
    }

    private static InvalidPolicyException invalid(String message) {
        return new InvalidPolicyException(List.of(new PolicyProblem("", message)));
    }
}

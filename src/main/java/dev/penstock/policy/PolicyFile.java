package dev.penstock.policy;

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
                return PipelinePolicy.read(documents(in).get(0).value());
            } catch (IOException | UnreadableException | InvalidPolicyException e) {
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
     * @throws UnreadableException if it is neither YAML nor JSON, or holds nothing
     */
    static List<YamlDocument> documents(InputStream yaml) throws IOException, UnreadableException {
        List<YamlDocument> documents = YamlFile.read(yaml).objects();
        if (documents.isEmpty()) {
            throw new UnreadableException(0, 0, "holds no document");
        }
        return documents;
    }
}

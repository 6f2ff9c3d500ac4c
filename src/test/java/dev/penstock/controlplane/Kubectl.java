package dev.penstock.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real kubectl, as an administrator of one control plane. It leaves nothing outside a folder of its own. */
public final class Kubectl {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program program;

    /** @param home an existing folder, for kubectl's cache and temporary files */
    Kubectl(Path program, Path kubeconfig, Path home) {
        this.program = new Program(program, kubeconfig, home);
    }

    /** What a run of kubectl came to. */
    public record Result(int exit, String stdout, String stderr) {
        public boolean succeeded() {
            return exit == 0;
        }

        /** What kubectl showed as {@code Warning: …}, in order. */
        public List<String> warnings() {
            String prefix = "Warning: ";
            return stderr.lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }
    }

    /** Runs kubectl without input. */
    public Result run(String... arguments) {
        return run(List.of(arguments), "");
    }

    /**
     * Runs kubectl.
     *
     * @throws IllegalStateException if it does not end within a minute
     */
    public Result run(List<String> arguments, String stdin) {
        return program.run(arguments, stdin, Map.of());
    }

    /** The same, where anything but success is an error of the caller's. */
    public Result mustRun(List<String> arguments, String stdin) {
        return program.mustRun(arguments, stdin, Map.of());
    }

    /**
     * {@code kubectl edit}, with sed for an editor.
     *
     * @param expression of sed, such as {@code s/Forbid/Allow/}
     */
    public Result mustEdit(String resource, String name, String expression) {
        return program.mustRun(
                List.of("edit", resource, name), "", Map.of("KUBE_EDITOR", "sed -i '" + expression + "'"));
    }

    /**
     * Writes a kubeconfig that is good for a service account and nobody else.
     *
     * @param folder gets the file {@code kubeconfig}
     */
    public Path kubeconfigOf(String namespace, String serviceAccount, Path folder) throws IOException {
        String token = mustRun(List.of("create", "token", serviceAccount, "-n", namespace), "")
                .stdout()
                .strip();
        ObjectNode config = (ObjectNode)
                JSON.readTree(mustRun(List.of("config", "view", "--raw", "--flatten", "--minify", "-o", "json"), "")
                        .stdout());
        ((ObjectNode) config.at("/users/0")).putObject("user").put("token", token);
        return Files.writeString(folder.resolve("kubeconfig"), config.toString());
    }
}

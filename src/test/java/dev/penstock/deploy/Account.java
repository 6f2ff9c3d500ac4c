package dev.penstock.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The service account that is shipped, and its roles. */
final class Account {
    static final String NAME = "system:serviceaccount:penstock-system:penstock";

    private static final Path DEPLOY = Path.of("deploy");

    private Account() {}

    /** For nobody but it. */
    static Path kubeconfig(Kubectl kubectl, Path folder) throws IOException {
        return kubectl.kubeconfigOf("penstock-system", "penstock", folder);
    }

    /** All that are shipped. */
    static List<ObjectNode> roles() {
        try (Stream<Path> files = Files.list(DEPLOY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> Objects.read(text(file)).values().stream())
                    .filter(object -> object.path("kind").asText().matches("(Cluster)?Role"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has asked so far, as events of the audit log. */
    static List<JsonNode> requests(ControlPlane controlPlane) {
        return controlPlane.requests().stream()
                .filter(event -> event.at("/user/username").asText().equals(NAME))
                .filter(event -> !event.path("requestURI").asText().equals("/version")) // everybody may ask for it
                .toList();
    }
}

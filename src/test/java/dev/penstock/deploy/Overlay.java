package dev.penstock.deploy;

import dev.penstock.controlplane.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A kustomization of somebody who installs Penstock: {@code deploy/} with components. */
record Overlay(Path folder) {
    private static final Path DEPLOY = Path.of("deploy");

    /**
     * Writes it.
     *
     * @param folder an existing one
     * @param components names of folders in {@code deploy/components}
     */
    static Overlay write(Path folder, List<String> components) {
        try {
            // kustomize takes no absolute path.
            Path deploy = folder.toRealPath().relativize(DEPLOY.toRealPath());
            Files.writeString(folder.resolve("kustomization.yaml"), """
                    sortOptions: {order: fifo}
                    resources: [%s]
                    components: [%s]
                    images: [{name: penstock, newName: registry.example.com/penstock, newTag: 1.2.3}]
                    """.formatted(
                            deploy,
                            components.stream()
                                    .map(component -> deploy.resolve("components")
                                            .resolve(component)
                                            .toString())
                                    .collect(Collectors.joining(", "))));
            return new Overlay(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kubectl kustomize} writes it. */
    String rendered(Kubectl kubectl) {
        return kubectl.mustRun(List.of("kustomize", folder.toString()), "").stdout();
    }
}

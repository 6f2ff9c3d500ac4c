package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real Helm 4, as an administrator of one control plane. It leaves nothing outside a folder of its own. */
public final class Helm {
    private static final String CHART = """
            apiVersion: v2
            name: pipeline
            version: 0.1.0
            """;

    private final Program program;
    private final Path charts;

    /** How Helm brings a manifest to the API server: its {@code --server-side}. */
    public enum Mode {
        /** Server-side apply, as Helm 4 does where nobody says otherwise. */
        SERVER_SIDE,
        /** Three-way patches against the manifest of the release before, as Helm 3 did. */
        CLIENT_SIDE
    }

    /** @param home an existing folder, for Helm's cache and temporary files */
    Helm(Path program, Path kubeconfig, Path home) {
        this.program = new Program(program, kubeconfig, home);
        this.charts = home;
    }

    /** Installs a release of a chart that holds this manifest alone, or upgrades it. */
    public void upgrade(Mode mode, String release, String manifest) {
        Path chart = chart(manifest);
        try {
            List<String> arguments = new ArrayList<>(List.of("upgrade", "--install", release, chart.toString()));
            if (mode == Mode.CLIENT_SIDE) {
                arguments.add("--server-side=false");
            }
            program.mustRun(arguments, "", Map.of());
        } finally {
            Scratch.delete(chart);
        }
    }

    /** Removes a release and what is in it. */
    public void uninstall(String release) {
        program.mustRun(List.of("uninstall", release, "--ignore-not-found"), "", Map.of());
    }

    /** Runs Helm without input. */
    public Kubectl.Result run(List<String> arguments) {
        return program.run(arguments, "", Map.of());
    }

    /** The same, where anything but success is an error of the caller's. */
    public Kubectl.Result mustRun(List<String> arguments) {
        return program.mustRun(arguments, "", Map.of());
    }

    private Path chart(String manifest) {
        try {
            Path chart = Files.createTempDirectory(charts, "chart");
            Files.writeString(chart.resolve("Chart.yaml"), CHART);
            Files.writeString(Files.createDirectory(chart.resolve("templates")).resolve("pipeline.yaml"), manifest);
            return chart;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command-line client of Kubernetes, as an administrator of one control plane. It leaves nothing outside a folder of its
 * own.
 *
 * @param home an existing folder, for the program's cache and temporary files
 */
record Program(Path executable, Path kubeconfig, Path home) {
    private static final int LIMIT_SECONDS = 60;

    /**
     * Runs it.
     *
     * @param environment in addition to what the program gets anyway
     * @throws IllegalStateException if it does not end within a minute
     */
    Kubectl.Result run(List<String> arguments, String stdin, Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory(home, "run");
            try {
                return run(arguments, stdin, environment, folder);
            } finally {
                Scratch.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, where anything but success is an error of the caller's. */
    Kubectl.Result mustRun(List<String> arguments, String stdin, Map<String, String> environment) {
        Kubectl.Result result = run(arguments, stdin, environment);
        if (!result.succeeded()) {
            throw new IllegalStateException(
                    command(arguments) + ": exit " + result.exit() + "\n" + result.stdout() + result.stderr());
        }
        return result;
    }

    private Kubectl.Result run(List<String> arguments, String stdin, Map<String, String> environment, Path folder)
            throws IOException {
        Path in = Files.writeString(folder.resolve("in"), stdin);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Anything that steers it from outside would make it another program.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("KUBE") || name.startsWith("HELM") || name.startsWith("XDG_"));
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", kubeconfig.toString(), "HOME", home.toString(), "TMPDIR", folder.toString()));
        builder.environment().putAll(environment);
        try (ChildProcess process = ChildProcess.start(builder)) {
            if (!process.endsWithin(LIMIT_SECONDS)) {
                throw new IllegalStateException(command(arguments) + " does not end");
            }
            return new Kubectl.Result(process.exitCode(), Files.readString(out), Files.readString(err));
        }
    }

    private String command(List<String> arguments) {
        return executable.getFileName() + " " + String.join(" ", arguments);
    }
}

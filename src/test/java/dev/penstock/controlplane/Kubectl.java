package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real kubectl, as an administrator of one control plane. It leaves nothing outside a folder of its own. */
public final class Kubectl {
    private static final int LIMIT_SECONDS = 60;

    private final Path program;
    private final Path kubeconfig;
    private final Path home;

    /** @param home an existing folder, for kubectl's cache and temporary files */
    Kubectl(Path program, Path kubeconfig, Path home) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.home = home;
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
        try {
            Path folder = Files.createTempDirectory(home, "run");
            try {
                return run(arguments, stdin, folder);
            } finally {
                Scratch.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, where anything but success is an error of the caller's. */
    public Result mustRun(List<String> arguments, String stdin) {
        Result result = run(arguments, stdin);
        if (!result.succeeded()) {
            throw new IllegalStateException("kubectl " + String.join(" ", arguments) + ": exit " + result.exit() + "\n"
                    + result.stdout() + result.stderr());
        }
        return result;
    }

    private Result run(List<String> arguments, String stdin, Path folder) throws IOException {
        Path in = Files.writeString(folder.resolve("in"), stdin);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        // Anything that steers kubectl from outside would make it another program.
        environment.keySet().removeIf(name -> name.startsWith("KUBE"));
        environment.putAll(
                Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", home.toString(), "TMPDIR", folder.toString()));
        try (ChildProcess process = ChildProcess.start(builder)) {
            if (!process.endsWithin(LIMIT_SECONDS)) {
                throw new IllegalStateException("kubectl " + String.join(" ", arguments) + " does not end");
            }
            return new Result(process.exitCode(), Files.readString(out), Files.readString(err));
        }
    }
}

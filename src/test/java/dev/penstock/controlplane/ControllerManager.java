package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real kube-controller-manager that makes Jobs of CronJobs and Pods of Jobs, and does nothing else. */
public final class ControllerManager implements AutoCloseable {
    private final ChildProcess process;
    private final Path log;

    private ControllerManager(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ControllerManager start(Path program, Path kubeconfig, Path folder) {
        Path log = folder.resolve("kube-controller-manager.log");
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--controllers=cronjob-controller,job-controller",
                        "--leader-elect=false",
                        "--use-service-account-credentials=false",
                        "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        try {
            return new ControllerManager(ChildProcess.start(builder), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

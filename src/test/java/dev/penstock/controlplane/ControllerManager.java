package dev.penstock.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real kube-controller-manager that makes Jobs of CronJobs and Pods of Jobs, and does nothing else. */
public final class ControllerManager implements AutoCloseable {
    private final ChildProcess process;

    private ControllerManager(ChildProcess process) {
        this.process = process;
    }

    static ControllerManager start(Path program, Path kubeconfig, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--controllers=cronjob-controller,job-controller",
                        "--leader-elect=false",
                        "--use-service-account-credentials=false",
                        "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kube-controller-manager.log").toFile());
        try {
            return new ControllerManager(ChildProcess.start(builder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

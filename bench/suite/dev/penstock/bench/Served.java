package dev.penstock.bench;

import dev.penstock.controlplane.Await;
import dev.penstock.controlplane.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program, serving, with the suite's certificate. */
final class Served implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final FreePorts ports;
    private final Child child;

    private Served(FreePorts ports, Child child) {
        this.ports = ports;
        this.child = child;
    }

    /** Returns when it is ready. */
    static Served start(Setting setting, Program program) {
        FreePorts ports = FreePorts.pick();
        return ready(setting, ports, command(setting, program, ports), Map.of());
    }

    /** The same on the one core that is for what is measured. */
    static Served pinned(Setting setting, Program program) {
        FreePorts ports = FreePorts.pick();
        return ready(setting, ports, Child.pinned(Setting.MEASURED_CORE, command(setting, program, ports)), Map.of());
    }

    /** The same with the policies of a cluster, and the watches that this takes. */
    static Served fromCluster(Setting setting, Program program, Map<String, String> environment) {
        FreePorts ports = FreePorts.pick();
        return ready(setting, ports, fromCluster(setting, program, ports), environment);
    }

    static List<String> fromCluster(Setting setting, Program program, FreePorts ports) {
        List<String> command = command(setting, program, ports);
        command.add("--from-cluster");
        return command;
    }

    static List<String> command(Setting setting, Program program, FreePorts ports) {
        List<String> command = new ArrayList<>(program.command());
        command.addAll(List.of(
                "serve",
                "--port",
                String.valueOf(ports.first()),
                "--management-port",
                String.valueOf(ports.second()),
                "--tls-cert",
                setting.certificate().certificate().toString(),
                "--tls-key",
                setting.certificate().key().toString()));
        return command;
    }

    private static Served ready(
            Setting setting, FreePorts ports, List<String> command, Map<String, String> environment) {
        Served served = new Served(ports, Child.start(setting.folder(), command, environment));
        Await.until(
                "the webhook to be ready",
                LIMIT,
                () -> {
                    if (!served.child.isAlive()) {
                        throw new IllegalStateException("the webhook ended by itself:\n" + served.child.log());
                    }
                    return served.isReady();
                },
                served.child::log);
        return served;
    }

    /** Until the virtual machine has compiled what counts: some ten thousand reviews. Natively it changes nothing. */
    void warmUp(Setting setting, Load load) {
        load.closed(setting.mutate(url("/mutate")), 8, setting.seconds(20));
        load.closed(setting.validate(url("/validate")), 8, setting.seconds(20));
    }

    private boolean isReady() {
        try {
            URI health = URI.create("http://127.0.0.1:" + ports.second() + "/q/health/ready");
            return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    String url(String path) {
        return url(ports, path);
    }

    static String url(FreePorts ports, String path) {
        return "https://127.0.0.1:" + ports.first() + path;
    }

    /** Of its memory, in MiB: {@code VmRSS}, all that is resident, or {@code RssAnon}, what is in no file. */
    double memory(String what) {
        try {
            Optional<String> line = Files.readAllLines(Path.of("/proc", String.valueOf(child.pid()), "status")).stream()
                    .filter(entry -> entry.startsWith(what + ":"))
                    .findFirst();
            return Long.parseLong(line.orElseThrow().replaceAll("\\D", "")) / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}

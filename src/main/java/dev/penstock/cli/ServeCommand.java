package dev.penstock.cli;

import dev.penstock.cluster.ClusterException;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyFiles;
import dev.penstock.rules.Rules;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        description =
                "Runs the webhook: POST /mutate, /validate, /require-label and /policies over TLS, health and metrics on the management port.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        showDefaultValues = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private static final String PORT = "quarkus.http.ssl-port";
    private static final String MANAGEMENT_PORT = "quarkus.management.port";
    private static final int LAST_PORT = 65_535;
    // As Quarkus counts event loops: calculateDefaultIOThreads.
    private static final int LOOPS_A_PROCESSOR = 2;
    private static final long MEMORY_OF_A_LOOP = 10 << 20;

    /** How the log is written. */
    enum LogFormat {
        text,
        json
    }

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:PENSTOCK_PORT:-8443}",
            description = "Where the API server calls, over TLS (PENSTOCK_PORT).")
    private int port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:PENSTOCK_MANAGEMENT_PORT:-9000}",
            description = "Health and metrics, over plain HTTP (PENSTOCK_MANAGEMENT_PORT).")
    private int managementPort;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CertificateOptions certificate;

    @Option(
            names = "--policy",
            paramLabel = "FILE|DIR",
            defaultValue = "${env:PENSTOCK_POLICY}",
            description =
                    "PipelinePolicy and PipelineDefaults documents above the built-in policy, in a YAML file or in those of"
                            + " a folder, followed when they are replaced (PENSTOCK_POLICY).")
    private @Nullable Path policy;

    @Option(
            names = "--from-cluster",
            defaultValue = "${env:PENSTOCK_FROM_CLUSTER:-false}",
            fallbackValue = "true", // else the opposite of what the environment says
            description =
                    "Instead: the PipelinePolicy and PipelineDefaults of the cluster that the kubeconfig names, or where this"
                            + " runs; followed when they change (PENSTOCK_FROM_CLUSTER).")
    private boolean fromCluster;

    @Option(
            names = "--drain-seconds",
            paramLabel = "SECONDS",
            defaultValue = "${env:PENSTOCK_DRAIN_SECONDS:-0}",
            description =
                    "How long it goes on answering, no longer ready, after it was told to end: until nobody sends it new"
                            + " calls (PENSTOCK_DRAIN_SECONDS).")
    private int drainSeconds;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "${env:PENSTOCK_LOG_FORMAT:-text}",
            description = "The log for people, or an object a line for programs (PENSTOCK_LOG_FORMAT).")
    private LogFormat logFormat = LogFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (drainSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--drain-seconds: must be 0 or more, but is " + drainSeconds);
        }
        checkPort("--port", port);
        checkPort("--management-port", managementPort);
        if (port == managementPort) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--port and --management-port: each needs one of its own, but both are " + port);
        }
        Map<String, String> own = own();
        String policyNames = checkedPolicies();
        configure(PORT, String.valueOf(port));
        configure(MANAGEMENT_PORT, String.valueOf(managementPort));
        configureEventLoops();
        own.forEach(System::setProperty);
        configure(Server.JSON_LOG, String.valueOf(logFormat == LogFormat.json));
        configure("quarkus.shutdown.delay", drainSeconds + "S");
        configure(
                Server.READY_LINE,
                "penstock " + Version.number() + (fromCluster || certificate.isOwn() ? " listens" : " ready")
                        + ": https on port " + configured(PORT) + ", health and metrics on port "
                        + configured(MANAGEMENT_PORT)
                        + ", " + policyNames);
        Quarkus.run(Server.class, (code, failure) -> System.exit(failure == null ? code : failed(failure)));
        return ExitCode.OK;
    }

    /**
     * Penstock's own settings, as the options alone decide them: what they leave out is empty, so that no file of the working
     * directory says otherwise.
     */
    Map<String, String> own() {
        policy = CertificateOptions.given(policy);
        Map<String, String> own = certificate.checked(spec);
        own.put("penstock.policy", policy == null ? "" : policy.toString());
        own.put("penstock.from-cluster", String.valueOf(fromCluster));
        return own;
    }

    private void checkPort(String option, int number) {
        if (number < 1 || number > LAST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), option + ": must be from 1 to " + LAST_PORT + ", but is " + number);
        }
    }

    /** Of the server's own settings: what was set on the command line of the virtual machine wins. */
    private static void configure(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }

    /**
     * One more than reviews keep busy. Servers take them in turns, that of reviews first, so that health and metrics have one for
     * themselves: a kubelet that had to wait behind hundreds of reviews would end the container just when it is needed most.
     */
    private static void configureEventLoops() {
        long loops = Math.max(
                2,
                Math.min(
                        (long) LOOPS_A_PROCESSOR * Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() / MEMORY_OF_A_LOOP));
        configure("quarkus.http.io-threads", String.valueOf(loops));
        configure("quarkus.vertx.event-loops-pool-size", String.valueOf(loops + 1));
    }

    private static String configured(String property) {
        return System.getProperty(property);
    }

    /** Looked at before anything starts, so that what is wrong with it is the last thing on the screen. */
    private String checkedPolicies() {
        if (fromCluster && policy != null) {
            throw new ParameterException(
                    spec.commandLine(), "--policy and --from-cluster: policies come from one or from the other");
        }
        if (fromCluster) {
            return "loading the policies of the cluster";
        }
        if (policy == null) {
            return PolicyFiles.words(List.of());
        }
        if (!Files.isDirectory(policy)) {
            CertificateOptions.readable(policy, "--policy", spec);
        }
        try {
            return PolicyFiles.words(PolicyFiles.read(policy, Rules::problems).allUsable());
        } catch (InvalidPolicyException e) {
            throw PolicyInput.unusable("--policy", policy, e, spec);
        }
    }

    private int failed(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ClusterException)) {
            cause = cause.getCause(); // what the server says around it is that it does not start
        }
        PrintWriter err = spec.commandLine().getErr();
        TerminalText.println(err, "penstock: cannot start: " + sentence(cause));
        err.flush();
        return ExitCode.NOT_STARTED;
    }

    /** In the server's words. It names the port of reviews where that is taken, and not the other one. */
    private static String sentence(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return cause instanceof BindException && !(cause instanceof QuarkusBindException)
                ? "Port already bound: " + configured(MANAGEMENT_PORT) + ": " + words
                : words;
    }
}

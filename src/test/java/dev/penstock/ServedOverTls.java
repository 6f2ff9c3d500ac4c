package dev.penstock;

import dev.penstock.controlplane.ServerCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Starts the webhook of a test with a certificate made for it, in this virtual machine and as the packaged program. */
public final class ServedOverTls implements QuarkusTestResourceLifecycleManager {
    /** The argument that names a folder of policies, which is emptied; without it there is the built-in policy alone. */
    static final String POLICIES = "policies";

    private Optional<Path> policies = Optional.empty();

    @Override
    public void init(Map<String, String> arguments) {
        policies = Optional.ofNullable(arguments.get(POLICIES)).map(ServedOverTls::emptied);
    }

    @Override
    public Map<String, String> start() {
        ServerCertificate pair = ServerCertificate.make(folder("webhook-test-tls"));
        Map<String, String> configuration = new HashMap<>(configuration(pair));
        policies.map(Path::toString).ifPresent(folder -> {
            configuration.put("penstock.policy", folder);
            configuration.merge("penstock.command", " --policy " + folder, String::concat);
        });
        return configuration;
    }

    private static Map<String, String> configuration(ServerCertificate pair) {
        return Map.of(
                "penstock.tls-cert",
                pair.certificate().toString(),
                "penstock.tls-key",
                pair.key().toString(),
                "penstock.command",
                "serve --tls-cert " + pair.certificate() + " --tls-key " + pair.key(),
                "quarkus.management.port",
                "9001",
                // Tests of the packaged program read the ports from the line that it logs at this level.
                "quarkus.log.category.\"io.quarkus\".level",
                "INFO");
    }

    /** Below target, which the build throws away. */
    private static Path folder(String name) {
        try {
            return Files.createDirectories(Path.of("target", name)).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path emptied(String name) {
        Path folder = folder(name);
        for (File file : Objects.requireNonNull(folder.toFile().listFiles())) {
            file.delete();
        }
        return folder;
    }

    @Override
    public void stop() {}
}

package dev.penstock;

import dev.penstock.controlplane.ServerCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts the webhook of a test with a certificate made for it, in this virtual machine and as the packaged program. */
public final class ServedOverTls implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        ServerCertificate pair = ServerCertificate.make(folder());
        return Map.of(
                "quarkus.tls.webhook.key-store.pem.0.cert",
                pair.certificate().toString(),
                "quarkus.tls.webhook.key-store.pem.0.key",
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
    private static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "webhook-test-tls"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}

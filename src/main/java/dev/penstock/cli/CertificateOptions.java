package dev.penstock.cli;

import static java.util.function.Predicate.not;

import dev.penstock.certificate.Names;
import dev.penstock.certificate.Pair;
import dev.penstock.policy.KubernetesNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Where the server's certificate comes from: two files, or a Secret that Penstock looks after itself. */
final class CertificateOptions {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    // An authority is replaced in its last third: what it has signed until then must not outlive it.
    private static final int LEAVES = 3;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            defaultValue = "${env:PENSTOCK_TLS_CERT}",
            description =
                    "The server's certificate and its chain, as PEM; followed when it is replaced (PENSTOCK_TLS_CERT).")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            defaultValue = "${env:PENSTOCK_TLS_KEY}",
            description = "Its private key, as PEM (PENSTOCK_TLS_KEY).")
    private @Nullable Path key;

    @Option(
            names = "--tls-secret",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = "${env:PENSTOCK_TLS_SECRET}",
            description = "Instead: certificates of its own, kept in this Secret and renewed in time, which the webhook"
                    + " configurations of the cluster are made to trust (PENSTOCK_TLS_SECRET).")
    private @Nullable String secret;

    @Option(
            names = "--service-name",
            paramLabel = "NAME",
            defaultValue = "${env:PENSTOCK_SERVICE_NAME:-penstock}",
            description =
                    "The Service by which the API server calls, in the Secret's namespace: what a certificate of its own is for (PENSTOCK_SERVICE_NAME).")
    private String service = "penstock";

    @Option(
            names = "--tls-name",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "${env:PENSTOCK_TLS_NAME}",
            description = "Another host name or address that it is for (PENSTOCK_TLS_NAME, with commas between).")
    private @Nullable List<String> names;

    @Option(
            names = "--ca-validity",
            paramLabel = "DURATION",
            converter = Validity.class,
            defaultValue = "${env:PENSTOCK_CA_VALIDITY:-365d}",
            description =
                    "For how long an authority of its own signs and is trusted; a new one comes in its last third (PENSTOCK_CA_VALIDITY).")
    private Duration authorityValidity = Duration.ofDays(365);

    @Option(
            names = "--leaf-validity",
            paramLabel = "DURATION",
            converter = Validity.class,
            defaultValue = "${env:PENSTOCK_LEAF_VALIDITY:-7d}",
            description =
                    "For how long a certificate of its own is good; the next one comes in its last third (PENSTOCK_LEAF_VALIDITY).")
    private Duration leafValidity = Duration.ofDays(7);

    /**
     * What the server is told of it, with what is left out as empty.
     *
     * @throws ParameterException if they say too little, too much, or what cannot be used
     */
    Map<String, String> checked(CommandSpec spec) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "penstock.tls-cert", "", "penstock.tls-key", "", "penstock.tls-secret", "", "penstock.tls-names", ""));
        properties.putAll(said(spec));
        return properties;
    }

    private Map<String, String> said(CommandSpec spec) {
        certificate = given(certificate);
        key = given(key);
        if (secret != null && secret.isEmpty()) {
            secret = null;
        }
        if (secret != null) {
            if (certificate != null || key != null) {
                throw wrong(spec, "--tls-secret and --tls-cert: the certificate comes from one or from the other");
            }
            return own(secret, spec);
        }
        if (certificate == null && key == null) {
            throw wrong(spec, "Missing where the certificate is: --tls-cert and --tls-key, or --tls-secret");
        }
        if (certificate == null || key == null) {
            throw wrong(spec, "--tls-cert and --tls-key: neither is of use without the other");
        }
        return files(certificate, key, spec);
    }

    /** Whether it comes from the cluster, some time after the start. */
    boolean isOwn() {
        return secret != null;
    }

    private Map<String, String> own(String place, CommandSpec spec) {
        int slash = place.indexOf('/');
        if (slash < 0
                || !KubernetesNames.isDnsLabel(place.substring(0, slash))
                || !KubernetesNames.isDnsSubdomain(place.substring(slash + 1))) {
            throw wrong(spec, "--tls-secret: must be NAMESPACE/NAME, but is " + place);
        }
        if (!KubernetesNames.isDnsLabel(service)) {
            throw wrong(spec, "--service-name: must be the name of a Service, but is " + service);
        }
        if (leafValidity.compareTo(SHORTEST) < 0) {
            throw wrong(spec, "--leaf-validity: must be at least 5s");
        }
        if (authorityValidity.compareTo(leafValidity.multipliedBy(LEAVES)) < 0) {
            throw wrong(spec, "--ca-validity: must be at least three times --leaf-validity");
        }
        Map<String, String> properties = new TreeMap<>(Map.of(
                "penstock.tls-secret",
                place,
                "penstock.service-name",
                service,
                "penstock.ca-validity",
                authorityValidity.toString(),
                "penstock.leaf-validity",
                leafValidity.toString()));
        if (names != null) {
            List<String> others = names.stream().filter(not(String::isEmpty)).toList(); // as in an empty variable
            try {
                properties.put("penstock.tls-names", String.join(",", new Names(others).hosts()));
            } catch (IllegalArgumentException e) {
                throw wrong(spec, "--tls-name: " + e.getMessage());
            }
        }
        return properties;
    }

    private static Map<String, String> files(Path certificate, Path key, CommandSpec spec) {
        readable(certificate, "--tls-cert", spec);
        readable(key, "--tls-key", spec);
        try {
            Pair.readOfServer(Files.readAllBytes(certificate), Files.readAllBytes(key));
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(spec, "--tls-cert and --tls-key cannot be used: " + e.getMessage());
        }
        return Map.of("penstock.tls-cert", certificate.toString(), "penstock.tls-key", key.toString());
    }

    /** None where it is empty, as a variable of the environment may be. */
    static @Nullable Path given(@Nullable Path path) {
        return path == null || path.toString().isEmpty() ? null : path;
    }

    static void readable(Path file, String option, CommandSpec spec) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw wrong(spec, option + ": no file to read at " + file);
        }
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Reads {@code 90s}, {@code 15m}, {@code 4h} or {@code 365d}. */
    static final class Validity implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("must be a duration such as 12h or 365d, but is " + text);
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
            };
        }
    }
}

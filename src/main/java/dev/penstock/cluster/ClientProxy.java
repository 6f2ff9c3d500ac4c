package dev.penstock.cluster;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Through which proxy an API server is asked: through that which kubectl takes. */
final class ClientProxy {
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "socks5", 1080);
    private static final Pattern SERVER = Pattern.compile("http(?<s>s)?://([^/@]*@)?(?<address>[^/?#@]+)");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[(?<v6>.*)]|(?<host>[^:\\[\\]]*)):(?<port>[^:]*)");
    private static final Pattern NETWORK = Pattern.compile("(?<address>.+)/(?<bits>\\d{1,3})");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS = Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-f.]*:[0-9a-f:.]*");

    private ClientProxy() {}

    /**
     * That of {@code HTTPS_PROXY}, or of {@code HTTP_PROXY} where the server is asked without TLS, unless {@code NO_PROXY} names
     * the server; in capitals or not. The rules are those of Go: golang.org/x/net/http/httpproxy.
     *
     * @throws ClusterException if it is none that can be spoken to
     */
    static Optional<URI> of(String server, Map<String, String> environment) {
        Matcher parts = SERVER.matcher(server.toLowerCase(Locale.ROOT));
        if (!parts.lookingAt()) {
            return Optional.empty(); // the client says so
        }
        boolean tls = parts.group("s") != null;
        String variable = tls ? "HTTPS_PROXY" : "HTTP_PROXY";
        String proxy = value(variable, environment);
        return proxy.isEmpty() || isExcepted(parts.group("address"), tls ? "443" : "80", environment)
                ? Optional.empty()
                : Optional.of(read(variable, proxy));
    }

    private static String value(String variable, Map<String, String> environment) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? environment.getOrDefault(variable.toLowerCase(Locale.ROOT), "") : value;
    }

    /**
     * A URL with its port, which may be left out, as may the scheme of HTTP.
     *
     * @param where the URL stands
     * @throws ClusterException if it is none that can be spoken to
     */
    static URI read(String where, String url) {
        try {
            URI proxy = new URI(url.contains("://") ? url : "http://" + url);
            String scheme = String.valueOf(proxy.getScheme()).toLowerCase(Locale.ROOT);
            Integer port = PORTS.get(scheme);
            if (port != null && proxy.getHost() != null) {
                return new URI(
                        scheme,
                        proxy.getUserInfo(),
                        proxy.getHost(),
                        proxy.getPort() < 0 ? port : proxy.getPort(),
                        null,
                        null,
                        null);
            }
        } catch (URISyntaxException e) {
            // Not quoted: it may hold a password.
        }
        throw new ClusterException(
                where + " names no proxy that can be asked: http://HOST:PORT, or socks5://HOST:PORT");
    }

    /** Without who asks, and the password. */
    static String shown(String url) {
        return url.replaceFirst("//.*@", "//");
    }

    private static boolean isExcepted(String address, String usualPort, Map<String, String> environment) {
        Host server = Host.of(HOST_AND_PORT.matcher(address).matches() ? address : address + ":" + usualPort);
        return server.isHere()
                || Stream.of(value("NO_PROXY", environment)
                                .toLowerCase(Locale.ROOT)
                                .split(","))
                        .map(String::strip)
                        .anyMatch(server::isOf);
    }

    /** With a port, or any where it is empty. */
    private record Host(String name, String port) {
        static Host of(String text) {
            Matcher parts = HOST_AND_PORT.matcher(text);
            return parts.matches()
                    ? new Host(parts.group("v6") == null ? parts.group("host") : parts.group("v6"), parts.group("port"))
                    : new Host(text, "");
        }

        /** Without asking for a name; null where it is one. */
        private @Nullable InetAddress address() {
            try {
                return ADDRESS.matcher(name).matches() ? InetAddress.getByName(name) : null;
            } catch (UnknownHostException e) {
                return null;
            }
        }

        boolean isHere() {
            InetAddress address = address();
            return name.equals("localhost") || (address != null && address.isLoopbackAddress());
        }

        /** @param entry of {@code NO_PROXY} */
        boolean isOf(String entry) {
            Matcher network = NETWORK.matcher(entry);
            if (network.matches()) {
                return isIn(new Host(network.group("address"), "").address(), Integer.parseInt(network.group("bits")));
            }
            Host other = of(entry);
            return entry.equals("*")
                    || (!other.name.isEmpty() && (other.port.isEmpty() || other.port.equals(port)) && isNamed(other));
        }

        private boolean isIn(@Nullable InetAddress network, int bits) {
            InetAddress address = address();
            if (address == null || network == null || address.getAddress().length != network.getAddress().length) {
                return false;
            }
            int others = address.getAddress().length * Byte.SIZE - bits;
            return others >= 0
                    && new BigInteger(1, address.getAddress())
                            .shiftRight(others)
                            .equals(new BigInteger(1, network.getAddress()).shiftRight(others));
        }

        private boolean isNamed(Host other) {
            InetAddress address = other.address();
            if (address != null) {
                return address.equals(address());
            }
            String suffix = other.name.startsWith("*.") ? other.name.substring(1) : other.name;
            return suffix.startsWith(".") ? name.endsWith(suffix) : name.equals(suffix) || name.endsWith("." + suffix);
        }
    }
}

package dev.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientProxyTest {
    private static final String PROXY = "http://proxy.example.com:3128";

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        ''                          | https://api.example.com        | true
        *                           | https://api.example.com        | false
        other, *                    | https://10.0.0.1               | false
        example.com                 | https://api.example.com        | false
        example.com                 | https://example.com/           | false
        example.com                 | https://badexample.com         | true
        .example.com                | https://api.example.com        | false
        .example.com                | https://example.com            | true
        *.example.com               | https://API.example.com        | false
        *.example.com               | https://example.com            | true
        localhost, .svc,  .cluster  | https://kubernetes.default.svc | false
        *.amazonaws.com,10.0.0.0/8  | https://10.1.2.3:6443          | false
        10.0.0.0/8                  | https://11.1.2.3:6443          | true
        10.0.0.0/8                  | https://10.example.com         | true
        10.0.0.0/99                 | https://10.1.2.3               | true
        0.0.0.0/0                   | https://200.1.2.3              | false
        10.1.2.3                    | https://10.1.2.3:6443          | false
        10.1.2.3:6443               | https://10.1.2.3:6443          | false
        10.1.2.3:443                | https://10.1.2.3               | false
        10.1.2.3:443                | https://10.1.2.3:6443          | true
        10.1.2                      | https://10.1.2.3               | true
        example.com:6443            | https://api.example.com:6443   | false
        example.com:6443            | https://api.example.com        | true
        fd00::/8                    | https://[fd12::1]:6443         | false
        fd00::/8                    | https://10.1.2.3               | true
        fd12::1                     | https://[fd12:0::1]            | false
        [fd12::1]:6443              | https://[fd12::1]:6443         | false
        [fd12::1]:443               | https://[fd12::1]:6443         | true
        [::1], foo_bar, <local>, :1 | https://api.example.com        | true
        foo_bar                     | https://foo_bar:6443           | false
        ''                          | https://127.0.0.1:6443         | false
        ''                          | https://127.9.9.9              | false
        ''                          | https://localhost:6443         | false
        ''                          | https://[::1]:6443             | false
        """)
    void isThatOfGo(String noProxy, String server, boolean through) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", noProxy.replace("''", ""));
        assertThat(ClientProxy.of(server, environment))
                .isEqualTo(through ? Optional.of(URI.create(PROXY)) : Optional.empty());
    }

    @Test
    void isOfTheSchemeAndInCapitalsOrNot() {
        String tls = "https://api.example.com";
        String plain = "http://api.example.com";
        assertThat(ClientProxy.of(tls, Map.of("https_proxy", PROXY))).isPresent();
        assertThat(ClientProxy.of(tls, Map.of("https_proxy", PROXY, "HTTPS_PROXY", "")))
                .isPresent();
        assertThat(ClientProxy.of(tls, Map.of("https_proxy", PROXY, "no_proxy", "*")))
                .isEmpty();
        assertThat(ClientProxy.of(plain, Map.of("https_proxy", PROXY))).isEmpty();
        assertThat(ClientProxy.of(plain, Map.of("http_proxy", PROXY))).isPresent();
        assertThat(ClientProxy.of("https:///", Map.of("https_proxy", PROXY))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        proxy:3128,                  http://proxy:3128
        proxy,                       http://proxy:80
        http://proxy/,               http://proxy:80
        HTTP://user:p%40ss@proxy:99, http://user:p%40ss@proxy:99
        http://[fd00::1]:3128,       http://[fd00::1]:3128
        socks5://proxy,              socks5://proxy:1080
        """)
    void hasAPort(String url, String proxy) {
        assertThat(ClientProxy.read("HTTPS_PROXY", url)).isEqualTo(URI.create(proxy));
    }

    /** The client would speak HTTP to one that is to be spoken to by TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@proxy:3128", "ftp://proxy", "http://", "http://a b", "foo_bar:1"})
    void isRefusedWhereItCannotBeAsked(String url) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> ClientProxy.read("HTTPS_PROXY", url))
                .withMessage("HTTPS_PROXY names no proxy that can be asked: http://HOST:PORT, or socks5://HOST:PORT");
    }
}

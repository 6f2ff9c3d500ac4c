package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
        90s,         90
        15m,         900
        4h,          14400
        999999999h,  3599999996400
        0s,          -
        '',          -
        15,          -
        15 m,        -
        1h30m,       -
        1.5h,        -
        -1h,         -
        +1h,         -
        01h,         -
        15M,         -
        1d,          -
        PT15M,       -
        9999999999h, -
        ٣h,          -
        """)
    void readsWhatPoliciesWrite(String text, String seconds) {
        assertThat(Span.parse(text).map(span -> Long.toString(span.seconds())).orElse("-"))
                .isEqualTo(seconds);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "PT0S, 0s",
        "PT59.9S, 59s",
        "PT90S, 1m30s",
        "PT15M, 15m",
        "PT1H, 1h",
        "PT1H1S, 1h1s",
        "PT90M, 1h30m",
        "PT168H, 168h"
    })
    void isShownExactly(Duration duration, String shown) {
        assertThat(Span.of(duration)).hasToString(shown);
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptionTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        everywhere, for ever        | {}                                         | 2099-01-01T00:00:00Z     | true
        the namespace               | {namespaces: [other, ml]}                  | 2026-03-01T12:00:00Z     | true
        another namespace           | {namespaces: [other]}                      | 2026-03-01T12:00:00Z     | false
        namespaces by a glob        | {namespaces: ['m*']}                       | 2026-03-01T12:00:00Z     | true
        the name                    | {names: [nightly-1]}                       | 2026-03-01T12:00:00Z     | true
        names by a glob             | {names: ['hourly-*', 'nightly-*']}         | 2026-03-01T12:00:00Z     | true
        another name                | {names: [nightly]}                         | 2026-03-01T12:00:00Z     | false
        both must match             | {namespaces: [ml], names: [other]}         | 2026-03-01T12:00:00Z     | false
        the day before              | {expires: 2026-03-31}                      | 2026-03-30T00:00:00Z     | true
        the last moment of the day  | {expires: 2026-03-31}                      | 2026-03-31T23:59:59.999Z | true
        the end of the day          | {expires: 2026-03-31}                      | 2026-04-01T00:00:00Z     | false
        the last day there is       | {expires: '9999-12-31'}                    | 2026-03-01T12:00:00Z     | true
        """)
    void holdsWhereAllOfItMatches(String story, String exemption, Instant now, boolean holds) throws Exception {
        String spec = "{exemptions: ["
                + exemption
                        .replaceFirst("}$", ", rules: [imageTag], reason: x}]}")
                        .replace("{, ", "{");
        assertThat(Documents.policy("test", spec).exemptions().get(0).holds("ml", "nightly-1", now))
                .isEqualTo(holds);
    }

    /** As the custom resource definition has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31",
                "+10000-01-01",
                "-0001-01-01",
                "2026-02-30",
                "2026-3-1",
                "2026-03-31 ",
                "soon"
            })
    void endsOnADateOfFourTwoAndTwoDigits(String expires) {
        assertThatThrownBy(() -> Documents.policy(
                        "test", "{exemptions: [{rules: [imageTag], reason: x, expires: '" + expires + "'}]}"))
                .hasMessage("spec.exemptions[0].expires: must be a date such as 2027-03-31");
    }
}

package dev.penstock.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlScalarTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ~                    | null
        NULL                 | null
        nULL                 | "nULL"
        yes                  | true
        On                   | true
        y                    | true
        oN                   | "oN"
        NO                   | false
        0                    | 0
        -12                  | -12
        +12                  | 12
        1_000                | 1000
        010                  | 8
        0o17                 | 15
        089                  | 89
        0x1F                 | 31
        0b101                | 5
        9223372036854775807  | 9223372036854775807
        9223372036854775808  | 9.223372036854776E18
        18446744073709551616 | 1.8446744073709552E19
        -9223372036854775809 | -9.223372036854776E18
        0xFFFFFFFFFFFFFFFF   | 1.8446744073709552E19
        0x1FFFFFFFFFFFFFFFF  | "0x1FFFFFFFFFFFFFFFF"
        0777777777777777777777777 | 7.777777777777778E23
        1e18                 | 1000000000000000000
        9007199254740993.0   | 9007199254740992
        .5_0                 | 0.5
        ._5                  | "._5"
        .inf                 | "Infinity"
        -.INF                | "-Infinity"
        .NaN                 | "NaN"
        .nAn                 | ".nAn"
        1.5                  | 1.5
        .5                   | 0.5
        1e3                  | 1000
        1.0                  | 1
        1e999                | "1e999"
        1:30                 | "1:30"
        2027-03-31           | "2027-03-31"
        1.2.3                | "1.2.3"
        -                    | "-"
        .                    | "."
        100m                 | "100m"
        1Gi                  | "1Gi"
        main                 | "main"
        """)
    void readsWhatKubectlReads(String text, String json) {
        assertThat(YamlScalar.of(text)).hasToString(json);
    }
}

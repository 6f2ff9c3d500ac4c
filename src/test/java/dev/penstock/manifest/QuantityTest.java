package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest(name = "{0} is {2} {1}")
    @CsvSource({
        "1Gi, 1024Mi, the same as",
        "1Ki, 1024, the same as",
        "1, 1000m, the same as",
        "0.5, 500m, the same as",
        ".5, 500m, the same as",
        "1., 1, the same as",
        "1.50, 1.5, the same as",
        "1e3, 1k, the same as",
        "1E3, 1k, the same as",
        "1E, 1000P, the same as",
        "1e-3, 1m, the same as",
        "1e003, 1k, the same as",
        "1e-0003, 1m, the same as",
        "1e100, 1e99, more than",
        "1e999, 1Ei, more than",
        "1e-999, 0, more than",
        "1u, 1000n, the same as",
        "0, 0Gi, the same as",
        "-0, 0, the same as",
        "+1, 1, the same as",
        "1Ei, 1024Pi, the same as",
        "1Gi, 1G, more than",
        "1M, 1Ki, more than",
        "2, 1999m, more than",
        "1T, 1G, more than",
        "0, -1, more than",
        "1e9, 1e8, more than",
        "1n, 0, more than",
        "100m, 1, less than",
        "9223372036854775808, 9223372036854775809, less than"
    })
    void compares(String one, String other, String expected) {
        int comparison = Quantity.parse(one)
                .orElseThrow()
                .compareTo(Quantity.parse(other).orElseThrow());
        assertThat(comparison == 0 ? "the same as" : comparison > 0 ? "more than" : "less than")
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "", " ", "m", "-", "1 Gi", " 1", "1 ", "1gi", "1K", "1KB", "1mi", "1i", "1.1.1", "1e", "1e1.5",
                "1e1000", "0x1", "NaN", "null", "1Gi\n", "١", "one"
            })
    void refusesWhatKubernetesRefuses(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    /** Whatever is put together of the characters that quantities are made of, and some others. */
    @Test
    void readsWhatHasTheForm() {
        Pattern form = Pattern.compile("[+-]?([0-9]{1,256}([.][0-9]{0,256})?|[.][0-9]{1,256})"
                + "([KMGTPE]i|[numkMGTPE]?|[eE][+-]?0*[0-9]{1,3})");
        String characters = "0019++--..eEEinumkKMGTP x١";
        Random random = new Random(20_261_129);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = random.ints(random.nextInt(8), 0, characters.length())
                    .mapToObj(at -> String.valueOf(characters.charAt(at)))
                    .collect(Collectors.joining());
            boolean matches = form.matcher(text).matches();
            assertThat(Quantity.parse(text).isPresent()).as(text).isEqualTo(matches);
            read += matches ? 1 : 0;
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void readsManyDigitsOnEitherSide() {
        String most = "1".repeat(256);
        assertThat(Quantity.parse(most + "." + most + "Ki")).isPresent();
        assertThat(Quantity.parse("-" + most + ".")).isPresent();
        assertThat(Quantity.parse(most + "1")).isEmpty();
        assertThat(Quantity.parse("1." + most + "1")).isEmpty();
        assertThat(Quantity.parse("." + most + "1")).isEmpty();
    }

    @Test
    void refusesAnEndlessNumberAtOnce() {
        assertThat(Quantity.parse("9".repeat(1_000_000))).isEmpty();
        assertThat(Quantity.parse("1." + "0".repeat(1_000_000) + "x")).isEmpty();
        assertThat(Quantity.parse("1e" + "9".repeat(1_000_000))).isEmpty();
    }
}

package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "review -f samples/minimal.yaml -o sarif",
                "review -f samples/mistakes/several.yaml -o github",
                "schedule @daily",
                "spread -f samples/minimal.yaml",
                "policy show -n ml",
                "rules",
                "help",
                "--version"
            })
    void thatIsFullIsSaidAndFails(String command) throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(run(full, command))
                    .isEqualTo(
                            new Run(2, "", "penstock: standard output cannot be written: No space left on device\n"));
        }
    }

    @Test
    void ofWhichTheReaderWantsNoMoreIsNoFault() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run(closed, "rules")).isEqualTo(new Run(0, "", ""));
    }

    /** Which is no denial. */
    @Test
    void anErrorOfTheMachineIsSaidAndNoVerdict() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) {
                throw new InternalError("broken");
            }
        };
        assertThat(run(broken, "review -f samples/minimal.yaml"))
                .isEqualTo(new Run(2, "", "penstock: cannot go on: java.lang.InternalError: broken\n"));
    }

    @Test
    void hasTheSameDigitsWhateverTheLocale() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            run(out, "schedule 5_2_*_*_*");
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("at 02:05 every day\n");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    private static Run run(OutputStream out, String command) {
        StringWriter err = new StringWriter();
        String[] args = command.split(" ");
        Arrays.setAll(args, i -> args[i].replace('_', ' '));
        int exitCode = Main.run(out, new PrintWriter(err, true), args);
        return new Run(exitCode, "", err.toString());
    }
}

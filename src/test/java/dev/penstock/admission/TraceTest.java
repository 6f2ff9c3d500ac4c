package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void saysWhereAndNotWhat() {
        String secret = "hunter2\n2026-01-01 INFO forged";
        Exception failure = new IllegalStateException(secret, new NumberFormatException(secret));
        assertThat(printed(failure)).contains("hunter2");
        assertThat(printed(new Trace(failure)))
                .startsWith(
                        "java.lang.IllegalStateException\n\tat dev.penstock.admission.TraceTest.saysWhereAndNotWhat")
                .contains("Caused by: java.lang.NumberFormatException\n")
                .doesNotContain("hunter2", "forged");
    }

    @Test
    void endsWhereCausesGoInACircle() {
        Exception one = new IllegalStateException();
        one.initCause(new IllegalArgumentException(one));
        assertThat(printed(new Trace(one))).contains("Caused by: ");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package dev.penstock.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells why it could not be written, which a {@link java.io.PrintWriter} keeps to itself. */
final class StandardOutput extends FilterOutputStream {
    private @Nullable IOException problem; // the first

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            problem = problem == null ? e : problem;
            throw e;
        }
    }

    /** Empty where all was written, or the reader did not want all of it: {@code penstock rules | head -1}. */
    Optional<String> problem() {
        return Optional.ofNullable(problem)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message ->
                        !message.toLowerCase(Locale.ROOT).contains("broken pipe")); // EPIPE, in the C library's words
    }
}

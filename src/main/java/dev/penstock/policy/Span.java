package dev.penstock.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as policies write it, {@code 90s}, {@code 15m} or {@code 4h}, and as messages show it.
 *
 * @param seconds at least one where a policy wrote it
 */
public record Span(long seconds) {
    /** What would be right. */
    static final String FORM =
            "must be a duration such as 90s, 15m or 4h: a number from 1 to 999999999, without zeros in front, and s, m or h";

    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,8})([smh])");

    /** What a policy wrote; empty where it is no such duration. */
    static Optional<Span> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            default -> 1;
        };
        return Optional.of(new Span(Long.parseLong(matcher.group(1)) * unit));
    }

    /** A duration without what is below a second. */
    public static Span of(Duration duration) {
        return new Span(duration.toSeconds());
    }

    /** Such as {@code 1h30m}; exact. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, seconds / 3600, 'h');
        append(text, seconds / 60 % 60, 'm');
        append(text, seconds % 60, 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}

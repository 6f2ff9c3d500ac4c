package dev.penstock.cron;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads one field: a list of {@code *}, {@code 5}, {@code 1-5}, each with or without a step, and whatever else
 * robfig/cron lets pass: empty items, {@code ?} for {@code *}, and anything after {@code *-}.
 */
final class FieldParser {

    private final CronField field;
    private Set<OddStep> oddSteps = Set.of(); // as mostly
    private long values;
    private boolean open;
    private String problem = "";

    FieldParser(CronField field, String text) {
        this.field = field;
        int start = 0;
        while (start <= text.length() && problem.isEmpty()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            if (end > start) {
                readItem(text.substring(start, end));
            }
            start = end + 1;
        }
    }

    /** Why Kubernetes refuses the field, or an empty text. */
    String problem() {
        return problem;
    }

    /** A bit for each value at which the field matches. None is set when the list has only empty items. */
    long values() {
        return values;
    }

    /**
     * Whether a {@code *} or {@code ?} without a real step leaves the field open, which decides how the two day fields
     * combine.
     */
    boolean isOpen() {
        return open;
    }

    List<OddStep> oddSteps() {
        return List.copyOf(oddSteps);
    }

    private void readItem(String item) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int hyphen = range.indexOf('-');
        String low = hyphen < 0 ? range : range.substring(0, hyphen);
        boolean star = low.equals("*") || low.equals("?");

        long first = star ? field.min() : value(low, item);
        // Kubernetes never looks at what follows the hyphen of "*-"; and "N/step" goes on to the field's end.
        long last = star || (hyphen < 0 && slash >= 0) ? field.max() : first;
        if (!star && hyphen >= 0) {
            last = value(range.substring(hyphen + 1), item);
        }
        long step = slash < 0 ? 1 : step(item.substring(slash + 1), item);
        if (problem.isEmpty()) {
            problem = outOfRange(first, last, step, item);
        }
        if (problem.isEmpty()) {
            add((int) first, (int) last, step);
            open |= star && step == 1;
            boolean endless = star || hyphen < 0;
            OddStep.of(field, item, step, (int) first, (int) last, endless).ifPresent(this::add);
        }
    }

    private long value(String text, String item) {
        boolean hyphen = text.indexOf('-') >= 0; // -0 is a number to Go, but 1--0 has two hyphens
        OptionalLong value = hyphen ? OptionalLong.empty() : field.value(text);
        if (value.isEmpty() && problem.isEmpty()) {
            problem = hyphen
                    ? field.label() + " " + Quote.of(item) + " has more than one hyphen"
                    : field.unreadable(text) + (text.equals(item) ? "" : " in " + Quote.of(item));
        }
        return value.orElse(0);
    }

    private long step(String text, String item) {
        OptionalLong step = GoInteger.notNegative(text);
        if (text.indexOf('/') >= 0 && problem.isEmpty()) {
            problem = field.label() + " " + Quote.of(item) + " has more than one slash";
        }
        if (step.orElse(0) == 0 && problem.isEmpty()) {
            problem = field.label() + " step in " + Quote.of(item) + " must be a number above 0";
        }
        return step.orElse(0);
    }

    private String outOfRange(long first, long last, long step, String item) {
        String outOfRange = field.outOfRange(first, last);
        return outOfRange.isEmpty() && first > last
                ? "%s %s runs backwards; write %s"
                        .formatted(field.label(), Quote.of(item), roundTheTurn(first, last, step))
                : outOfRange;
    }

    /** The two ranges of one that runs backwards, the second with the value that the step comes to after the turn. */
    private String roundTheTurn(long first, long last, long step) {
        long after = field.min() + (step - (field.max() + 1L - first) % step) % step;
        String before = range(first, field.max(), step);
        return after > last ? before : before + "," + range(after, last, step);
    }

    private static String range(long first, long last, long step) {
        if (first + step > last) {
            return "" + first;
        }
        return first + "-" + last + (step == 1 ? "" : "/" + step);
    }

    private void add(OddStep step) {
        if (oddSteps.isEmpty()) {
            oddSteps = new LinkedHashSet<>();
        }
        oddSteps.add(step);
    }

    private void add(int first, int last, long step) {
        for (long value = first; value <= last; value += Math.min(step, Long.SIZE)) {
            values |= 1L << value;
        }
    }
}

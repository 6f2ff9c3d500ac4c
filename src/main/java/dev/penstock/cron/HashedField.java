package dev.penstock.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Resolves the items with {@code H} of one field. */
final class HashedField {

    private static final int SHORTEST_MONTH = 28;

    private final CronField field;
    private final long point;
    private final long firing;
    private final int max;
    private String problem = "";

    /** @param point where in a range {@code H} is, in units of 1/2^32 */
    HashedField(CronField field, long point) {
        this(field, point, -1);
    }

    /** @param firing a bit for each value at which the schedule can fire: {@code H} stands for one of these, where its range has any */
    HashedField(CronField field, long point, long firing) {
        this.field = field;
        this.point = point;
        this.firing = firing;
        this.max = field == CronField.DAY_OF_MONTH ? SHORTEST_MONTH : field.max();
    }

    String resolve(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(HashedSchedule.isHashed(item) ? resolveItem(item) : item);
        }
        return String.join(",", items);
    }

    /** What is wrong with the first malformed item, or an empty text. */
    String problem() {
        return problem;
    }

    private String resolveItem(String item) {
        String rest = item.substring(1);
        long first = field.min();
        long last = max;
        if (rest.startsWith("(")) {
            int hyphen = rest.indexOf('-');
            int close = rest.indexOf(')');
            if (hyphen < 0 || close < hyphen) {
                return refuse(item, "a bracket holds a range and is closed: H(%d-%d)".formatted(first, last));
            }
            first = bound(item, rest.substring(1, hyphen));
            last = bound(item, rest.substring(hyphen + 1, close));
            rest = rest.substring(close + 1);
        }
        if (!rest.isEmpty() && !rest.startsWith("/")) {
            return refuse(item, "only H, H(%1$d-%2$d), H/2 and H(%1$d-%2$d)/2 are known".formatted(field.min(), max));
        }
        if (first > last) {
            return refuse(item, "the range runs backwards");
        }
        long size = last - first + 1;
        if (rest.isEmpty()) {
            return Long.toString(start(first, last, size));
        }
        long step = step(item, rest.substring(1), size);
        return problem.isEmpty() ? stepped(first, last, step) : item;
    }

    private String stepped(long first, long last, long step) {
        long start = start(first, last, step);
        if (step == 1 && first == field.min() && last == field.max()) {
            return "*"; // and not 0-6, which would restrict the day of the week
        }
        return start + step > last ? Long.toString(start) : start + "-" + last + (step == 1 ? "" : "/" + step);
    }

    /** The value at the point among those with which an item of this step can begin, or where that never fires, the next that does. */
    private long start(long first, long last, long step) {
        long share = (point * step) >>> Integer.SIZE;
        for (long more = 0; more < step; more++) {
            long start = first + (share + more) % step;
            for (long value = start; value <= last; value += step) {
                if ((firing >>> value & 1) == 1) {
                    return start;
                }
            }
        }
        return first + share;
    }

    private long bound(String item, String text) {
        OptionalLong value = field.value(text);
        if (value.isEmpty()) {
            refuse(item, field.unreadable(text));
        } else if (value.getAsLong() > max && max < field.max()) {
            refuse(item, "H stays within 1-28, the days that every month has");
        } else if (!field.outOfRange(value.getAsLong(), value.getAsLong()).isEmpty()) {
            refuse(item, field.outOfRange(value.getAsLong(), value.getAsLong()));
        }
        return problem.isEmpty() ? value.orElse(field.min()) : field.min();
    }

    private long step(String item, String text, long size) {
        long step = GoInteger.notNegative(text).orElse(0);
        if (step == 0) {
            refuse(item, "the step must be a number above 0");
        } else if (step > size) {
            refuse(item, "step %d is larger than the range, which has %d values".formatted(step, size));
        }
        return step;
    }

    private String refuse(String item, String why) {
        if (problem.isEmpty()) {
            problem = field.label() + " " + Quote.of(item) + ": " + why;
        }
        return item;
    }
}

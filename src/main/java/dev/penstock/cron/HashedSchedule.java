package dev.penstock.cron;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Month;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * {@code H} in a schedule, as in Jenkins: a value that a hash of namespace and name fixes, so that pipelines spread and
 * each stays put.
 *
 * <p>An item of any of the five fields may be {@code H}, {@code H(0-29)}, {@code H/15} or {@code H(0-29)/10}; the
 * others are left as they are. The bounds of a range may be names: {@code H(MON-FRI)}. Days of the month stay within
 * 1-28, which every month has. A month that has none of the days that are written stands for the next one of its range that has.
 *
 * <p>The hash, the same in every version: SHA-256 over {@code namespace/name} in UTF-8, read as 32-bit numbers without
 * a sign, big end first; the <i>n</i>th, divided by 2^32, is the <i>n</i>th field's point between 0 and 1. {@code H}
 * stands for the value at that point of the range, so {@code H(0-29),H(30-59)} is always 30 minutes apart. {@code H/15}
 * begins at that point of the first 15 values.
 */
public final class HashedSchedule {

    /** What became of an expression: a schedule without {@code H}, or the reason why there is none. */
    public sealed interface Resolution permits Resolved, Refused {}

    /**
     * @param schedule a schedule that {@link CronSchedule} accepts, the fields of an expression with {@code H} parted
     *     by single spaces. A step is written {@code 7-59/15}: one item, and other crons read it alike, which cannot be
     *     said of {@code 7/15}
     */
    public record Resolved(String schedule) implements Resolution {}

    /**
     * @param why what is wrong, and what would be right: one line without a full stop, as in
     *     {@link CronSchedule.Refused}
     */
    public record Refused(String why) implements Resolution {}

    private HashedSchedule() {}

    /**
     * Whether an item of a field begins with {@code H} and no letter follows, well-formed or not. {@code h},
     * {@code THU}, {@code HOURLY} and descriptors have no {@code H}.
     */
    public static boolean isHashed(String expression) {
        for (int h = expression.indexOf('H'); h >= 0; h = expression.indexOf('H', h + 1)) {
            boolean begins = h == 0 || expression.charAt(h - 1) == ',' || Blanks.isBlank(expression.charAt(h - 1));
            boolean ends = h + 1 == expression.length() || !Character.isLetter(expression.charAt(h + 1));
            if (begins && ends) {
                return !expression.startsWith("@");
            }
        }
        return false;
    }

    /**
     * Replaces each {@code H} by its value. An expression without one comes back as it is, or refused as
     * {@link CronSchedule} refuses it.
     *
     * @param name the CronJob's {@code generateName}, else its {@code name}
     */
    public static Resolution resolve(String expression, String namespace, String name) {
        return resolve(expression, points(namespace, name));
    }

    /**
     * The schedule with {@code H} for its minute, and the same hours and days; itself where it fires at several minutes of an
     * hour, or after a delay.
     *
     * @param name as in {@link #resolve}
     */
    public static CronSchedule withHashedMinute(CronSchedule schedule, String namespace, String name) {
        if (schedule instanceof CalendarSchedule calendar && Long.bitCount(calendar.minutes()) == 1) {
            long point = Integer.toUnsignedLong(points(namespace, name).getAsInt());
            int minute = Integer.parseInt(new HashedField(CronField.MINUTE, point).resolve("H"));
            return calendar.withMinutes(1L << minute);
        }
        return schedule;
    }

    /** With the first value that a name can give each {@code H}. */
    public static Resolution first(String expression) {
        return resolve(expression, () -> 0);
    }

    /** With the last value that a name can give each {@code H}. */
    public static Resolution last(String expression) {
        return resolve(expression, () -> -1);
    }

    /** @param points where in its range the next field's {@code H} is, in units of 1/2^32, without a sign */
    private static Resolution resolve(String expression, IntSupplier points) {
        List<String> fields = Blanks.split(expression);
        if (!isHashed(expression) || fields.size() != CronField.values().length) {
            return ifKubernetesAccepts(expression);
        }
        List<String> resolved = new ArrayList<>();
        Iterator<String> texts = fields.iterator();
        for (CronField field : CronField.values()) {
            long firing = field == CronField.MONTH ? months(resolved.get(2), fields.get(4)) : -1;
            HashedField hashed = new HashedField(field, Integer.toUnsignedLong(points.getAsInt()), firing);
            resolved.add(hashed.resolve(texts.next()));
            if (!hashed.problem().isEmpty()) {
                return new Refused(hashed.problem());
            }
        }
        return ifKubernetesAccepts(String.join(" ", resolved));
    }

    /** A bit for each month that has one of the days, or some on which a day of the week is enough. */
    private static long months(String daysOfMonth, String daysOfWeek) {
        boolean byDayOfWeek = !new FieldParser(CronField.DAY_OF_WEEK, daysOfWeek).isOpen();
        int day = Long.numberOfTrailingZeros(new FieldParser(CronField.DAY_OF_MONTH, daysOfMonth).values());
        long months = 0;
        for (Month month : Month.values()) {
            months |= byDayOfWeek || day <= month.maxLength() ? 1L << month.getValue() : 0;
        }
        return months;
    }

    private static Resolution ifKubernetesAccepts(String schedule) {
        return CronSchedule.parse(schedule) instanceof CronSchedule.Refused refused
                ? new Refused(refused.why())
                : new Resolved(schedule);
    }

    /** Each field's, in the order of the fields. */
    private static IntSupplier points(String namespace, String name) {
        return ByteBuffer.wrap(sha256(namespace + "/" + name))::getInt;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

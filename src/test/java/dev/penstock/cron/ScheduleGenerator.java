package dev.penstock.cron;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up schedules that reach the edges of Kubernetes' grammar: about half are valid, most others nearly so. The same
 * seed gives the same schedules. Every text is well-formed Unicode without NUL, so that it passes through JSON
 * unchanged.
 */
public final class ScheduleGenerator {

    private static final List<CronField> FIELDS = List.of(CronField.values());
    private static final List<String> BLANKS = parts(
            "~",
            " ~ ~ ~ ~ ~ ~ ~ ~  ~\t~\n~\r\n~\13~\f~\u0085~\u00a0~\u1680~\u2003~\u2028~\u202f"
                    + "~\u205f~\u3000~\u200b~\u180e~\ufeff~\u001c");
    private static final List<String> NAMES = parts(
            " ",
            "jan FEB Mar aPR mAy JUN jul Aug sep OCT nov Dec sun MON Tue wEd thu FRI Sat FR\u0130 \u017fun MONDAY"
                    + " march mo THURS");
    private static final List<String> NUMBERS = parts(
            " ",
            "0 00 007 +5 -5 +0 -0 + - 1.5 1e1 0x5 1_0 \u0661 \uff15 \u096a 9223372036854775807 9223372036854775808 "
                    + "18446744073709551616 4294967297 000000000000000000000000000005 ");
    private static final List<String> DESCRIPTORS = parts(
            "~",
            "@yearly~@annually~@monthly~@weekly~@daily~@midnight~@hourly~@reboot~@DAILY~@Hourly~@every~@~@@daily~@daily"
                    + " ~ @daily~@daily 0~@weekly\n"
                    + "~@hourly,@daily~@EVERY 1h");
    private static final List<String> UNITS = parts("~", "h~m~s~ms~us~\u00b5s~\u03bcs~ns~h~m~s~d~w~H~~ h~min~\u0438s");
    private static final List<String> AMOUNTS = parts(
            " ",
            "0 1 30 90 1.5 .5 5. . 1.0000000000000000000000000001 0.9999999999999999999 2562047 2562048"
                    + " 9223372036854775807 9223372036854775808 9223372036854775809 18446744073709551616 9223372036"
                    + " 9223372036.854775807 9223372036.854775808 153722867.280912930 0.9223372036854775808 1..5 \u0661"
                    + " 007");
    private static final List<String> PIECES = parts(
            "~",
            "*~?~,~-~/~+~ ~0~1~5~7~60~@~H~h~L~W~#~TZ~TZ=UTC ~CRON_TZ=~"
                    + "\t~\u00a0~%~\"~\\~=~*/~1-~-*~\u00e9~\ud83d\ude80");

    private final Random random;

    public ScheduleGenerator(long seed) {
        random = new Random(seed);
    }

    /** The next schedule. */
    public String next() {
        String schedule = switch (random.nextInt(16)) {
            case 0 -> oneOf(DESCRIPTORS);
            case 1, 2 -> "@every " + duration();
            case 3 -> fields(4 + random.nextInt(4));
            case 4 -> rarely() ? oneOf(List.of("", " ", ",", "\n")) : oneOf(BLANKS) + fields(5) + oneOf(BLANKS);
            case 5 -> likely() ? fields(5) : zone() + fields(5);
            default -> fields(5);
        };
        int mutations = random.nextInt(5) > 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < mutations; i++) {
            schedule = mutated(schedule);
        }
        return schedule;
    }

    private String zone() {
        return oneOf(List.of("TZ=", "CRON_TZ=", "tz=")) + oneOf(List.of("UTC ", "Europe/Berlin ", "UTC", ""));
    }

    private String fields(int count) {
        String blank = likely() ? " " : oneOf(BLANKS);
        return IntStream.range(0, count)
                .mapToObj(i -> list(i < 5 ? FIELDS.get(i) : CronField.DAY_OF_WEEK))
                .collect(Collectors.joining(blank));
    }

    private String list(CronField field) {
        int items = likely() ? 1 : 1 + random.nextInt(3);
        String list = joined(",", items, () -> item(field));
        return rarely() ? oneOf(List.of("," + list, list + ",", ",," + list, ",", list.replace(",", ",,"))) : list;
    }

    private String item(CronField field) {
        String range = switch (random.nextInt(8)) {
            case 0, 1, 2 -> "*";
            case 3 -> rarely() ? "?" + oneOf(List.of("", "-", "-x")) : "*" + oneOf(List.of("", "", "", "-5", "-"));
            case 4, 5 -> range(field);
            default -> value(field);
        };
        return likely() ? range : range + "/" + step(field) + (rarely() ? "/2" : "");
    }

    private String range(CronField field) {
        if (random.nextInt(6) == 0) {
            return value(field) + "-" + value(field) + (rarely() ? "-" + value(field) : "");
        }
        int low = field.min() + random.nextInt(field.max() - field.min() + 1);
        return low + "-" + (low + random.nextInt(field.max() - low + 1));
    }

    private String value(CronField field) {
        if (rarely()) {
            return oneOf(random.nextBoolean() ? NUMBERS : NAMES);
        }
        if ((field == CronField.MONTH || field == CronField.DAY_OF_WEEK) && random.nextInt(3) == 0) {
            return oneOf(field == CronField.MONTH ? NAMES.subList(0, 12) : NAMES.subList(12, 20));
        }
        int outside = rarely() ? 2 : 0;
        int value = field.min() - outside / 2 + random.nextInt(field.max() - field.min() + 1 + outside);
        return (rarely() ? oneOf(List.of("0", "+", "00")) : "") + value;
    }

    private String step(CronField field) {
        return rarely() ? oneOf(NUMBERS) : Integer.toString(1 + random.nextInt(likely() ? 8 : 2 * field.max()));
    }

    private String duration() {
        String sign = likely() ? "" : oneOf(List.of("-", "+", "--", " "));
        return sign + joined("", 1 + random.nextInt(2), () -> oneOf(AMOUNTS) + oneOf(UNITS));
    }

    private String mutated(String text) {
        int[] points = text.codePoints().toArray();
        int at = random.nextInt(points.length + 1);
        int skipped = Math.min(points.length - at, random.nextInt(3));
        String piece = likely() ? oneOf(PIECES) : random.nextBoolean() ? "" : anyCharacter();
        return new String(points, 0, at) + piece + new String(points, at + skipped, points.length - at - skipped);
    }

    private String anyCharacter() {
        int codePoint = 1 + random.nextInt(0xd7ff);
        return Character.toString(codePoint);
    }

    private String joined(String separator, int count, Supplier<String> part) {
        return IntStream.range(0, count).mapToObj(i -> part.get()).collect(Collectors.joining(separator));
    }

    private static List<String> parts(String separator, String all) {
        return List.of(all.split(separator, -1));
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean likely() {
        return random.nextInt(4) > 0;
    }

    private boolean rarely() {
        return random.nextInt(30) == 0;
    }
}

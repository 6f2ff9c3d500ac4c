package dev.penstock.cron;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a whole schedule. Each method answers for one form of it. */
final class CronParser {

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final String EVERY = "@every ";

    private CronParser() {}

    static CronSchedule.Parsed parse(String text) {
        if (text.isEmpty()) {
            return refused("it is empty: five fields such as '0 1 * * *' say when to run");
        }
        // Refused on create wherever it stands, even where it means no zone: batch/validation.
        if (text.contains("TZ")) {
            return refused("TZ does not belong in a schedule; name the zone in spec.timeZone");
        }
        return text.startsWith("@") ? descriptor(text) : fiveFields(text);
    }

    private static CronSchedule.Parsed descriptor(String text) {
        String fields = DESCRIPTORS.get(text);
        if (fields != null) {
            return fiveFields(fields);
        }
        if (text.startsWith(EVERY)) {
            return every(text.substring(EVERY.length()));
        }
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (DESCRIPTORS.containsKey(word)) {
            return refused(Quote.of(text) + " must be written " + word + ": lower case, no blanks");
        }
        if (word.startsWith("@every")) {
            return refused("@every is lower case, with one space and a duration after it: @every 1h30m");
        }
        if (word.equals("@reboot")) {
            return refused("Kubernetes has no @reboot: a CronJob runs by the clock");
        }
        return refused(Quote.of(text) + " is none of @yearly, @monthly, @weekly, @daily, @hourly and @every 1h30m");
    }

    private static CronSchedule.Parsed every(String text) {
        OptionalLong nanos = GoDuration.nanos(text);
        return nanos.isPresent()
                ? new CronSchedule.Accepted(EverySchedule.of(Duration.ofNanos(nanos.getAsLong())))
                : refused("@every takes a duration such as 1h30m, in h, m, s, ms, us or ns, not " + Quote.of(text));
    }

    private static CronSchedule.Parsed fiveFields(String text) {
        List<String> texts = Blanks.split(text);
        if (texts.size() != CronField.values().length) {
            return refused(wrongCount(texts));
        }
        FieldParser minute = new FieldParser(CronField.MINUTE, texts.get(0));
        FieldParser hour = new FieldParser(CronField.HOUR, texts.get(1));
        FieldParser dayOfMonth = new FieldParser(CronField.DAY_OF_MONTH, texts.get(2));
        FieldParser month = new FieldParser(CronField.MONTH, texts.get(3));
        FieldParser dayOfWeek = new FieldParser(CronField.DAY_OF_WEEK, texts.get(4));

        List<FieldParser> fields = List.of(minute, hour, dayOfMonth, month, dayOfWeek);
        List<OddStep> oddSteps = new ArrayList<>();
        for (FieldParser field : fields) {
            if (!field.problem().isEmpty()) {
                return refused(field.problem());
            }
            oddSteps.addAll(field.oddSteps());
        }
        return new CronSchedule.Accepted(new CalendarSchedule(
                minute.values(),
                hour.values(),
                dayOfMonth.values(),
                month.values(),
                dayOfWeek.values(),
                !dayOfMonth.isOpen() && !dayOfWeek.isOpen(),
                oddSteps));
    }

    private static String wrongCount(List<String> texts) {
        if (texts.size() == 1 && texts.get(0).startsWith("@")) {
            return "a blank stands before " + Quote.of(texts.get(0));
        }
        String without = switch (texts.size()) {
            case 6 -> " without seconds";
            case 7 -> " without seconds and year";
            default -> "";
        };
        return texts.size() + (texts.size() == 1 ? " field" : " fields") + " where Kubernetes has five" + without
                + ": minute, hour, day of month, month, day of week";
    }

    private static CronSchedule.Parsed refused(String why) {
        return new CronSchedule.Refused(why);
    }
}

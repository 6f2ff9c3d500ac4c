package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.ScheduleWords;
import dev.penstock.cron.Week;
import dev.penstock.text.Count;
import java.io.PrintWriter;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * How pipelines spread over the week, for people and for programs; {@code docs/schedule.md} shows both.
 *
 * @param after when the week begins
 * @param zone the name of its zone
 * @param hashed how they would spread with {@code H} for each minute that is fixed
 * @param tally what was counted, and what was not
 */
record SpreadReport(ZonedDateTime after, String zone, Spread spread, Spread hashed, Tally tally) {
    private static final int BUSIEST = 5;
    private static final int NAMED = 3;
    private static final int BARS = 3;

    /**
     * @param counted how many pipelines run
     * @param denied how many would not be stored
     * @param suspended how many do not run for now
     * @param passedOver how many objects are no pipelines
     * @param errors what could not be read
     */
    record Tally(int counted, int denied, int suspended, int passedOver, List<Unread> errors) {
        private String summary() {
            return Count.of(counted + denied + suspended, "pipeline") + ": " + counted + " counted, " + denied
                    + " denied, " + suspended + " suspended" + ReviewReport.besides(passedOver, errors.size());
        }
    }

    void writeText(PrintWriter out) {
        int[][] hours = hours();
        if (tally.counted() > 0) {
            out.println("Runs in the week after " + TextReport.RUN.format(after) + " in " + zone + ":");
            out.println();
            writeMap(hours, out);
            out.println();
            out.println("Busiest minutes:");
            spread.busiest(BUSIEST).forEach(busy -> Paragraph.write(out, "  ", sentence(busy)));
            out.println();
            int most = spread.most();
            int hashedMost = hashed.most();
            Paragraph.write(
                    out,
                    "",
                    "With H for each minute that is fixed, the busiest minute would have "
                            + Count.of(hashedMost, "pipeline")
                            + (hashedMost == most ? ", as now." : " instead of " + most + "."));
            out.println();
        }
        out.println(tally.summary());
    }

    private static void writeMap(int[][] hours, PrintWriter out) {
        StringBuilder head = new StringBuilder("  ");
        int most = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            head.append(" %6s    ".formatted(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)));
            for (int runs : hours[day.ordinal()]) {
                most = Math.max(most, runs);
            }
        }
        out.println(head.toString().stripTrailing());
        for (int hour = 0; hour < 24; hour++) {
            StringBuilder line = new StringBuilder("%02d".formatted(hour));
            for (int[] day : hours) {
                int bars = most == 0 ? 0 : (int) Math.ceil((double) BARS * day[hour] / most);
                line.append(" %6s %-3s".formatted(day[hour] == 0 ? "." : day[hour], "#".repeat(bars)));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println();
        Paragraph.write(
                out,
                "",
                "# is up to a third of the busiest hour, which has " + Count.of(most, "run")
                        + "; ## up to two thirds; ### more.");
    }

    private static String sentence(BusyMinute busy) {
        List<String> names = busy.pipelines();
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return ScheduleWords.at(busy.time(), busy.days()) + ": " + Count.of(names.size(), "pipeline") + ": "
                + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more;
    }

    ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("after", after.toOffsetDateTime().toString())
                .put("timeZone", zone)
                .put("counted", tally.counted())
                .put("denied", tally.denied())
                .put("suspended", tally.suspended())
                .put("passedOver", tally.passedOver());
        ObjectNode runs = tree.putObject("runs");
        int[][] hours = hours();
        for (DayOfWeek day : DayOfWeek.values()) {
            ArrayNode counts = runs.putArray(name(day));
            for (int count : hours[day.ordinal()]) {
                counts.add(count);
            }
        }
        ArrayNode busiest = tree.putArray("busiest");
        spread.busiest(BUSIEST).forEach(busy -> busiest.add(tree(busy)));
        tree.putObject("hashed").put("pipelines", hashed.most());
        ArrayNode errors = tree.putArray("errors");
        tally.errors().forEach(error -> errors.add(error.toString()));
        return tree;
    }

    private static ObjectNode tree(BusyMinute busy) {
        ObjectNode tree =
                JsonNodeFactory.instance.objectNode().put("time", busy.time().toString());
        ArrayNode days = tree.putArray("days");
        busy.days().forEach(day -> days.add(name(day)));
        tree.put("pipelines", busy.pipelines().size());
        ArrayNode names = tree.putArray("names");
        busy.pipelines().stream().limit(NAMED).forEach(names::add);
        return tree;
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** How many runs each hour of each day has, the days from Monday on. */
    private int[][] hours() {
        int[][] hours = new int[7][24];
        int[] minutes = spread.byMinute();
        for (int minute = 0; minute < minutes.length; minute++) {
            hours[minute / Week.DAY][minute % Week.DAY / 60] += minutes[minute];
        }
        return hours;
    }
}

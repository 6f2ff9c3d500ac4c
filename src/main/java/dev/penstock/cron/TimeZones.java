package dev.penstock.cron;

import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The time zones that Kubernetes knows by name in {@code spec.timeZone}: those of the IANA database that Go embeds,
 * letter case included. {@link ZoneId#of} knows more: {@code UTC+3}, {@code GMT+01:00}, {@code SystemV/PST8}.
 *
 * <p>Source: {@code validateTimeZone} in Kubernetes' {@code batch/validation}, and Go's {@code time/tzdata}. An API
 * server whose host has a {@code /usr/share/zoneinfo} looks there first and may know more, such as
 * {@code posix/Europe/Berlin}: such names are not found here.
 */
public final class TimeZones {

    /**
     * What Go 1.26 (IANA 2025c) has and JDK 17 or 25 lacks, and the zone that has shown the same time since April 2025.
     */
    private static final Map<String, String> NOT_IN_THE_JDK = Map.of(
            "America/Coyhaique", "America/Punta_Arenas", // new in 2025b
            "EST", "America/Panama",
            "Factory", "Etc/UTC",
            "GMT+0", "Etc/GMT",
            "GMT-0", "Etc/GMT",
            "HST", "Pacific/Honolulu",
            "MST", "America/Phoenix",
            "ROC", "Asia/Taipei");

    /** Every name, and the name by which the JDK has that zone. */
    private static final Map<String, String> IDS = ids();

    private TimeZones() {}

    /**
     * The zone of a name, to compute with. Its id is another one's where the JDK lacks the name.
     *
     * @return empty when kube-apiserver refuses the name
     */
    public static Optional<ZoneId> find(String name) {
        return Optional.ofNullable(IDS.get(name)).map(ZoneId::of);
    }

    /**
     * The name that was most likely meant by one that is not {@linkplain #find found}: the same but for letter case and
     * blanks, or with the same last part ({@code Berlin}), or with one or two letters mistyped; for {@code UTC+3} it is
     * {@code Etc/GMT-3}, since POSIX counts westward. Empty when the guess could be another time.
     */
    static Optional<String> nearest(String name) {
        return MeantTimeZone.of(name, IDS.keySet());
    }

    /** What is wrong with a name that is not {@linkplain #find found}, and what would be right: one line without a full stop. */
    public static String whyNone(String name) {
        return "no time zone that Kubernetes knows; "
                + nearest(name).map(near -> "did you mean " + near + "?").orElse("write one such as Europe/Berlin");
    }

    private static Map<String, String> ids() {
        SortedMap<String, String> ids = new TreeMap<>(NOT_IN_THE_JDK);
        for (String id : ZoneId.getAvailableZoneIds()) {
            // Taken out of the IANA database in 2020, but not out of the JDK.
            if (!id.startsWith("SystemV/")) {
                ids.put(id, id);
            }
        }
        return Collections.unmodifiableSortedMap(ids);
    }
}

package dev.penstock.cron;

import dev.penstock.text.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The guess at which zone was meant by a name that is none. */
final class MeantTimeZone {

    private static final int LONGEST_NAME = 40;

    private static final Pattern OFFSET = Pattern.compile("(?:utc|gmt)?([+-])0?(\\d{1,2})(?::?00)?");

    private final String wanted;
    private final Set<String> known;

    private MeantTimeZone(String wanted, Set<String> known) {
        this.wanted = wanted;
        this.known = known;
    }

    static Optional<String> of(String name, Set<String> known) {
        String wanted = name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        return wanted.isEmpty() || wanted.length() > LONGEST_NAME
                ? Optional.empty()
                : new MeantTimeZone(wanted, known).guess();
    }

    private Optional<String> guess() {
        Optional<String> same = theOnly(name -> name.equalsIgnoreCase(wanted));
        if (same.isPresent()) {
            return same;
        }
        // A digit is an offset: what is one off is another time, not a slip.
        if (wanted.chars().anyMatch(Character::isDigit)) {
            return fixedOffset();
        }
        if (known.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(wanted + "/"))) {
            return Optional.empty(); // an area, not a slip
        }
        String city = lastPart(wanted);
        return theOnly(name -> lastPart(name).equalsIgnoreCase(city)).or(() -> mistyped());
    }

    private Optional<String> fixedOffset() {
        Matcher offset = OFFSET.matcher(wanted);
        return offset.matches()
                ? Optional.of("Etc/GMT" + (offset.group(1).equals("+") ? "-" : "+") + offset.group(2))
                        .filter(known::contains)
                : Optional.empty();
    }

    private Optional<String> mistyped() {
        // Nobody mistypes the first letter, and of three none can be spared: Munich is not Zurich, PST is not EST.
        boolean isCity = wanted.indexOf('/') < 0;
        int length = lastPart(wanted).length();
        int tolerated = length > 3 ? Math.min(2, length / 3) : 0;
        ToIntFunction<String> slips = name -> {
            String candidate = (isCity ? lastPart(name) : name).toLowerCase(Locale.ROOT);
            return lastPart(candidate).charAt(0) == (lastPart(wanted) + " ").charAt(0)
                    ? EditDistance.between(wanted, candidate)
                    : Integer.MAX_VALUE;
        };
        int fewest = known.stream().mapToInt(slips).min().orElse(Integer.MAX_VALUE);
        return fewest > tolerated ? Optional.empty() : theOnly(name -> slips.applyAsInt(name) == fewest);
    }

    /** The first of the names that match if all name the same zone, as Europe/Istanbul and Asia/Istanbul do. */
    private Optional<String> theOnly(Predicate<String> matches) {
        List<String> names = known.stream().filter(matches).toList();
        long zones = names.stream()
                .map(name -> TimeZones.find(name).orElseThrow().getRules())
                .distinct()
                .count();
        return zones == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}

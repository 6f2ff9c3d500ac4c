package dev.penstock.text;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far a word is from another, to guess which was meant: Levenshtein's distance. */
public final class EditDistance {
    private static final int LONGEST = 64; // nobody means a word by a longer one

    private EditDistance() {}

    /** The known word with the fewest letters to mend, in whatever case, as long as most are right. */
    private static Optional<String> nearest(String word, List<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> slips(wanted, name) <= wanted.length() / 3)
                .min(Comparator.comparing(name -> slips(wanted, name)));
    }

    /** The same as a question to put behind a complaint: {@code ; did you mean main?}; empty where none is near. */
    public static String hint(String word, List<String> known) {
        return nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static int slips(String wanted, String name) {
        return between(wanted, name.toLowerCase(Locale.ROOT));
    }

    /** How many letters must be added, dropped or replaced to make one word of another. */
    public static int between(String word, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

package dev.prescale.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a name probably meant. */
public final class NearestName {
    private NearestName() {}

    /** The name with the fewest edits (Levenshtein distance), if at most a third of it has to change. */
    public static Optional<String> of(String typed, Collection<String> known) {
        return allOf(typed, known, 1).stream().findFirst();
    }

    /** The names that are as near as that, the nearest first, at most so many. */
    public static List<String> allOf(String typed, Collection<String> known, int most) {
        return known.stream()
                .filter(name -> Math.abs(name.length() - typed.length()) <= name.length() / 2)
                .filter(name -> edits(typed, name) <= Math.max(1, name.length() / 3))
                .sorted(Comparator.comparingInt(name -> edits(typed, name)))
                .limit(most)
                .toList();
    }

    private static int edits(String typed, String name) {
        String a = typed.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

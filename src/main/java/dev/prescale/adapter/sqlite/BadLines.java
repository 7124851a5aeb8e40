package dev.prescale.adapter.sqlite;

import dev.prescale.control.SampleSink.BadLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bad lines of one text. The first are named one by one, those after them are counted. */
final class BadLines {
    /** An answer that a person can still read. */
    static final int MOST_NAMED = 1_000;

    private static final int LONGEST_EXCERPT = 120;

    private final List<BadLine> named = new ArrayList<>();
    private int unnamed;

    void add(int number, String text, String message) {
        if (named.size() < MOST_NAMED) {
            named.add(new BadLine(number, excerpt(text), message));
        } else {
            unnamed++;
        }
    }

    private static String excerpt(String text) {
        if (text.length() <= LONGEST_EXCERPT) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_EXCERPT - 1));
        return text.substring(0, splitsPair ? LONGEST_EXCERPT - 1 : LONGEST_EXCERPT) + "...";
    }

    /** By line number; the last one says how many more there were. */
    List<BadLine> inOrder() {
        List<BadLine> lines = new ArrayList<>(named);
        lines.sort(Comparator.comparingInt(BadLine::number));
        if (unnamed > 0) {
            int last = lines.getLast().number();
            lines.add(new BadLine(last + 1, "", "and %s more bad lines".formatted(unnamed)));
        }
        return lines;
    }
}

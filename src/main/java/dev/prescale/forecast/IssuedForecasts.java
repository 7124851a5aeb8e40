package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was issued in the last {@value #KEPT_DAYS} days and what became of it. Issued are forecasts at the horizons of the grid,
 * every hour and a half or so and spread over all times of the day; more often while the history is young, when there is no other
 * experience. Which origins these are follows from the grid since the epoch, not from when anybody asks.
 */
final class IssuedForecasts {
    static final List<String> NAIVES = List.of(LastValue.NAME, SeasonalNaive.DAY, SeasonalNaive.WEEK);
    static final int KEPT_DAYS = 16;

    private static final double[][] NONE = {};
    private static final double NEW_DAYS = 0.25;
    private static final int YOUNG_DAYS = 2;
    private static final int GROWN_DAYS = 8;
    private static final int NEW_PER_DAY = 288;
    private static final int YOUNG_PER_DAY = 72;
    private static final int GROWING_PER_DAY = 28;
    private static final int GROWN_PER_DAY = 15;

    private final LearningHistory history;
    private final HorizonGrid grid;
    private final int[] naives;
    private final int from;
    /** Number of the first step of the history since the epoch. */
    private final long firstNumber;

    private final int newStride;
    private final int youngStride;
    private final int growingStride;
    private final int grownStride;
    private int firstKnown = LearningHistory.NONE;
    private final Deque<Issue> kept = new ArrayDeque<>();
    private final Deque<Issue> open = new ArrayDeque<>();
    /** Of the last issue that was settled: about one closes for each that is made. */
    private double[][] spare = NONE;

    /**
     * @param naives positions of the {@link #NAIVES} among the members
     * @param expectedSteps of the history; what would be forgotten by then is not issued
     */
    IssuedForecasts(LearningHistory history, HorizonGrid grid, int[] naives, int expectedSteps) {
        this.history = history;
        this.grid = grid;
        this.naives = naives.clone();
        int perDay = history.step().perDay();
        this.from = expectedSteps - (KEPT_DAYS + 1) * perDay;
        this.firstNumber = Math.floorDiv(
                history.slots().instantAt(0).getEpochSecond(), history.step().seconds());
        this.newStride = coprimeStride(perDay, NEW_PER_DAY);
        this.youngStride = coprimeStride(perDay, YOUNG_PER_DAY);
        this.growingStride = coprimeStride(perDay, GROWING_PER_DAY);
        this.grownStride = coprimeStride(perDay, GROWN_PER_DAY);
    }

    /** Steps between origins; without a common divisor with the day, so that all slots come up. */
    private static int coprimeStride(int perDay, int issuesPerDay) {
        int stride = Math.max(1, perDay / issuesPerDay);
        while (commonDivisor(stride, perDay) > 1) {
            stride++;
        }
        return stride;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** Days that a forecast issued from this origin speaks for; 0 where none is to be issued. */
    double daysIssuedFor(int origin) {
        if (firstKnown < 0 || origin < from) {
            return 0;
        }
        int perDay = history.step().perDay();
        int stride = strideAt((double) (origin - firstKnown) / perDay);
        return Math.floorMod(firstNumber + origin, stride) == 0 ? (double) stride / perDay : 0;
    }

    private int strideAt(double ageDays) {
        if (ageDays < YOUNG_DAYS) {
            return ageDays < NEW_DAYS ? newStride : youngStride;
        }
        return ageDays < GROWN_DAYS ? growingStride : grownStride;
    }

    /** Room for what members say, of shape [member][horizon of the grid]. */
    double[][] room(int members) {
        double[][] used = spare;
        spare = NONE;
        return used.length == members ? used : new double[members][grid.size()];
    }

    /** Adds what is issued from the origin that the history has reached. */
    void add(int origin, double days, double[] combined, double[][] byMember) {
        Issue issue = new Issue(origin, days, combined, byMember, naives);
        kept.addLast(issue);
        open.addLast(issue);
    }

    /** Settles what was issued for the newest step of the history. */
    void settleNewest(Combination combination) {
        int t = history.size() - 1;
        double rate = history.rate(t);
        if (firstKnown < 0 && !Double.isNaN(rate)) {
            firstKnown = t;
        }
        while (!open.isEmpty() && t - open.getFirst().origin() + 1 > grid.last()) {
            spare = open.removeFirst().forgetMembers();
        }
        while (!kept.isEmpty()
                && kept.getFirst().origin() < t - KEPT_DAYS * history.step().perDay()) {
            kept.removeFirst();
        }
        if (Double.isNaN(rate)) {
            return;
        }
        for (Issue issue : open) {
            int horizon = t - issue.origin() + 1;
            if (grid.has(horizon)) {
                int g = grid.positionOf(horizon);
                combination.settle(horizon, rate, issue, g);
                issue.settle(g, rate);
            }
        }
    }

    /** What is open is the newest of what is kept. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(firstKnown);
        out.writeInt(kept.size());
        out.writeInt(open.size());
        for (Issue issue : kept) {
            issue.writeTo(out);
        }
    }

    void read(DataInput in) throws IOException {
        firstKnown = in.readInt();
        int count = DoubleArrays.count(in);
        int firstOpen = count - DoubleArrays.count(in);
        for (int i = 0; i < count; i++) {
            Issue issue = Issue.readFrom(in, naives);
            kept.addLast(issue);
            if (i >= firstOpen) {
                open.addLast(issue);
            }
        }
    }

    /** Oldest first. */
    List<Issue> kept() {
        return List.copyOf(kept);
    }
}

package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.series.Require;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one policy did on one endpoint. It is scored by the minute, by demand and the replicas that are ready when the minute ends:
 * the numbers of a row of {@link MinuteRow}, so that anyone who has the rows comes to the same score. A minute that the trace does
 * not have is never scored: its demand is not known. Keeps sums per day, so that its size hardly grows with the replay.
 */
final class Ledger {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_DAY = 1_440;

    private final Trace trace;
    private final CapacityModel capacity;
    private final Instant from;
    private final String policy;
    private final Consumer<MinuteRow> rows;
    private final List<Account> days = new ArrayList<>();
    private Totals before = Totals.ZERO;
    private Totals today = Totals.ZERO;
    private WaitTotals waits = new WaitTotals();
    private int minutes;
    private int scaleActions;

    /**
     * @param from begin of the first minute
     * @param rows gets each minute that the trace has
     */
    Ledger(Trace trace, CapacityModel capacity, Instant from, String policy, Consumer<MinuteRow> rows) {
        this.trace = trace;
        this.capacity = capacity;
        this.from = from;
        this.policy = policy;
        this.rows = rows;
    }

    /** Counted in the minute that ends next. */
    void countScaleAction() {
        scaleActions++;
    }

    /** What came of requests since the last day that has ended; to be added to. */
    WaitTotals waits() {
        return waits;
    }

    /** Demand of the minute that ends next, in req/s; NaN where the trace does not have it. */
    double demand() {
        return trace.demandAt(from.plusSeconds((long) SECONDS_PER_MINUTE * minutes));
    }

    /** Books the next minute. */
    void endMinute(int desired, int ready) {
        Instant minute = from.plusSeconds((long) SECONDS_PER_MINUTE * minutes);
        double demand = demand();
        if (!Double.isNaN(demand)) {
            today = today.plus(minuteOf(demand, ready));
            rows.accept(new MinuteRow(minute, policy, demand, desired, ready));
        }
        scaleActions = 0;
        minutes++;
        if (minutes % MINUTES_PER_DAY == 0) {
            days.add(new Account(today, waits));
            before = before.plus(today);
            today = Totals.ZERO;
            waits = new WaitTotals();
        }
    }

    private Totals minuteOf(double demand, int ready) {
        double missing = ReplicaNeed.missingReplicas(capacity, demand, ready);
        boolean isViolated = missing > 0;
        return new Totals(
                (double) ready * SECONDS_PER_MINUTE,
                missing * SECONDS_PER_MINUTE,
                isViolated ? 1 : 0,
                isViolated ? Math.max(0, demand - capacity.sustainedBy(ready)) * SECONDS_PER_MINUTE : 0,
                demand * SECONDS_PER_MINUTE,
                scaleActions,
                ready);
    }

    /** Sums over all minutes that have ended. */
    Account account() {
        return account(0, days.size()).plus(new Account(today, waits));
    }

    /**
     * Sums over days of the replay that have ended.
     *
     * @param first 0 for the first one
     * @param end exclusive
     */
    Account account(int first, int end) {
        Require.that(
                0 <= first && first <= end && end <= days.size(),
                "days must lie in the %s that have ended, were %s to %s",
                days.size(),
                first,
                end);
        return days.subList(first, end).stream().reduce(Account.EMPTY, Account::plus);
    }

    /** As of {@link #account()}, without what it takes to add up waits. */
    Totals totals() {
        return before.plus(today);
    }

    /** Minutes that have ended. */
    int minutes() {
        return minutes;
    }

    /** @param waits what came of the requests; those of gaps in the trace, which are not known, are in neither */
    record Account(Totals totals, WaitTotals waits) {
        static final Account EMPTY = new Account(Totals.ZERO, new WaitTotals());

        Account plus(Account other) {
            WaitTotals both = new WaitTotals();
            both.addAll(waits);
            both.addAll(other.waits);
            return new Account(totals.plus(other.totals), both);
        }
    }

    /**
     * @param readySeconds replica-seconds that were ready
     * @param missingSeconds replica-seconds that would have been needed beside them
     * @param violationMinutes minutes whose demand was above what ready replicas sustain
     * @param unservedRequests those above what ready replicas sustained
     * @param requests all of them
     */
    record Totals(
            double readySeconds,
            double missingSeconds,
            int violationMinutes,
            double unservedRequests,
            double requests,
            int scaleActions,
            int peakReady) {
        static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    readySeconds + other.readySeconds,
                    missingSeconds + other.missingSeconds,
                    violationMinutes + other.violationMinutes,
                    unservedRequests + other.unservedRequests,
                    requests + other.requests,
                    scaleActions + other.scaleActions,
                    Math.max(peakReady, other.peakReady));
        }
    }
}

package dev.prescale.control;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The history of an endpoint that has none of its own yet, or has one of another split of the traffic: all of the traffic times the
 * measured share before the split was what it is now, and its own samples from then on. All of it is read from the store,
 * so it is there after a restart and after the endpoint that was there before has been removed.
 */
final class InheritedHistory {
    /**
     * A measured share must differ by this much from the one in use: the noise of 100 requests is 10 %, and each change rewrites
     * the history.
     */
    static final double CHANGED_BY = 0.2;

    /** A smaller difference is taken up this long after the last: a split is measured while it changes. */
    static final double DRIFTED_BY = 0.05;

    private static final Duration SETTLED_AFTER = Duration.ofHours(1);

    private final Inheritance inheritance;
    private final HistoryBuffer whole;
    private TrafficShare share = new TrafficShare.Unknown("the traffic of all has not been read yet");
    private String whyNot = "";
    private boolean isRewritten;
    private @Nullable RateSeries ownSeen;
    private @Nullable RateSeries wholeSeen;
    private @Nullable RateSeries joined;

    InheritedHistory(Inheritance inheritance, TrafficSource own, Duration length, double usual) {
        this.inheritance = inheritance;
        this.whole = new HistoryBuffer(inheritance.whole(own), length, usual);
    }

    RateHistory.Query nextQuery(Instant now) {
        return whole.nextQuery(now);
    }

    void accept(RateHistory.Answer answer, Instant now) {
        whole.accept(answer, now);
    }

    /** @param reason why nothing is inherited whatever is read; empty: nothing speaks against it */
    void refuse(String reason) {
        if (!whyNot.equals(reason)) {
            whyNot = reason;
            ownSeen = null;
        }
    }

    /** The own history and what is inherited; the same object as long as nothing has changed. */
    RateSeries joinedTo(RateSeries own, Instant now) {
        RateSeries all = whole.series(now);
        RateSeries last = joined;
        if (last != null && ownSeen == own && wholeSeen == all) {
            return last;
        }
        if (whole.isFilled()) {
            measure(own, all);
        }
        RateSeries next = whyNot.isEmpty() && share instanceof TrafficShare.Known known ? joined(own, all, known) : own;
        joined = next;
        ownSeen = own;
        wholeSeen = all;
        return next;
    }

    /** The last share that could be measured stays: a quiet night changes no split. */
    private void measure(RateSeries own, RateSeries all) {
        TrafficShare measured = TrafficShare.measured(own, all);
        if (share instanceof TrafficShare.Known inUse) {
            if (measured instanceof TrafficShare.Known newest && isAnother(inUse, newest)) {
                share = newest;
                isRewritten = true;
            }
        } else {
            share = measured;
            isRewritten = measured instanceof TrafficShare.Known;
        }
    }

    private static boolean isAnother(TrafficShare.Known inUse, TrafficShare.Known newest) {
        double difference = Math.abs(newest.value() / inUse.value() - 1);
        boolean isSettled = !newest.since().isBefore(inUse.since().plus(SETTLED_AFTER));
        return difference > CHANGED_BY || (isSettled && difference > DRIFTED_BY);
    }

    private static RateSeries joined(RateSeries own, RateSeries all, TrafficShare.Known share) {
        Instant start = all.start().isBefore(own.start()) ? all.start() : own.start();
        Instant end = own.end();
        Step step = own.step();
        RateSeries frame = RateSeries.empty(start, step);
        double[] rates = new double[frame.indexOf(end)];
        Arrays.fill(rates, Double.NaN);
        int ownSince = frame.indexOf(share.since());
        for (int k = 0; k < rates.length; k++) {
            Instant at = frame.instantAt(k);
            rates[k] = k < ownSince ? share.value() * rateAt(all, at) : rateAt(own, at);
        }
        return RateSeries.of(start, step, rates).packed();
    }

    private static double rateAt(RateSeries series, Instant at) {
        int index = series.indexOf(at);
        return index >= 0 && index < series.size() ? series.rateAt(index) : Double.NaN;
    }

    /** Whether what came before is no longer what it was, once: what was learnt of it is to be learnt anew. */
    boolean takeRewritten() {
        boolean was = isRewritten;
        isRewritten = false;
        return was;
    }

    List<String> warnings() {
        if (!whyNot.isEmpty()) {
            return List.of("Nothing is inherited from %s: %s.".formatted(inheritance.from(), whyNot));
        }
        return switch (share) {
            case TrafficShare.Known known ->
                List.of(String.format(
                        Locale.ROOT,
                        "The history before %s is inherited: that of %s and all others that the tag %s tells apart, times %.3g, the measured share.",
                        known.since(),
                        inheritance.from(),
                        inheritance.tag(),
                        known.value()));
            case TrafficShare.Unknown unknown ->
                List.of("Nothing is inherited from %s yet: %s.".formatted(inheritance.from(), unknown.reason()));
        };
    }
}

package dev.prescale.control;

import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** An endpoint's part of a whole traffic, as measured over a window in which both were seen. */
sealed interface TrafficShare {
    /** Over this much of the newest time. */
    Duration WINDOW = Duration.ofMinutes(30);

    /** With fewer requests of the endpoint the share is known to 10 % at best: it would be noise that scales a month. */
    int LEAST_REQUESTS = 100;

    int LEAST_STEPS = 3;

    /** A part above the whole by more than late samples explain is no part of it. */
    double MOST = 1.1;

    /**
     * @param since begin of the window
     * @param value above 0, at most 1
     */
    record Known(Instant since, double value) implements TrafficShare {}

    record Unknown(String reason) implements TrafficShare {}

    /**
     * The share in the newest window: the requests of the one divided by those of the other, over the steps that both have.
     *
     * @param own the part, whose first sample is its first step
     * @param whole on the same grid
     */
    static TrafficShare measured(RateSeries own, RateSeries whole) {
        if (!own.hasSamples()) {
            return new Unknown("it has no traffic of its own yet");
        }
        if (!whole.hasSamples()) {
            return new Unknown("there is no traffic to inherit");
        }
        Instant end = own.end().isBefore(whole.end()) ? own.end() : whole.end();
        Instant begin = end.minus(WINDOW);
        Instant since = begin.isBefore(own.start()) ? own.start() : begin;
        double ownRequests = 0;
        double wholeRequests = 0;
        int steps = 0;
        for (int k = Math.max(0, own.indexOf(since)); k < own.indexOf(end); k++) {
            int other = whole.indexOf(own.instantAt(k));
            if (!own.isGap(k) && other >= 0 && !whole.isGap(other)) {
                ownRequests += own.rateAt(k) * own.step().seconds();
                wholeRequests += whole.rateAt(other) * own.step().seconds();
                steps++;
            }
        }
        if (steps < LEAST_STEPS || ownRequests < LEAST_REQUESTS) {
            return new Unknown("it had %.0f requests in %d steps of the last 30 minutes, and %d in %d are needed"
                    .formatted(ownRequests, steps, LEAST_REQUESTS, LEAST_STEPS));
        }
        double share = ownRequests / wholeRequests;
        return share <= MOST
                ? new Known(since, Math.min(1, share))
                : new Unknown(String.format(
                        Locale.ROOT, "its traffic is %.2f times that of all: it is no part of it", share));
    }
}

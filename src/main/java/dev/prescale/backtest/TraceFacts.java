package dev.prescale.backtest;

import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What the replayed part of a trace is like. Minutes that the trace does not have are left out. */
final class TraceFacts {
    private static final int DAY = 1_440;

    private final ReplaySetup.Endpoint endpoint;
    private final RateSeries minutes;
    private final int first;
    private final int end;
    private final int leadMinutes;

    TraceFacts(ReplaySetup setup) {
        this.endpoint = setup.endpoints().getFirst();
        this.minutes = endpoint.trace().minutes();
        this.first = minutes.indexOf(setup.from());
        this.end = minutes.indexOf(setup.to());
        Duration lead = endpoint.startTime().p90().plus(setup.cycle());
        this.leadMinutes = Math.toIntExact(lead.plusSeconds(59).toMinutes());
    }

    /** Hours that are scored. */
    double hours() {
        return present().count() / 60.0;
    }

    /** The fewest constant replicas, within the bounds, that leave so many minutes violated at most. */
    int fixedReplicas(int violationMinutes) {
        var policy = endpoint.spec().policy();
        int[] needed = present()
                .map(m -> policy.capacity().replicasFor(minutes.rateAt(m), 1))
                .sorted()
                .toArray();
        int least = needed.length <= violationMinutes ? 0 : needed[needed.length - 1 - violationMinutes];
        return Math.clamp(least, policy.bounds().minReplicas(), policy.bounds().maxReplicas());
    }

    /** By how much traffic grows within a lead time in one of twenty minutes: 0.1 is a tenth more. */
    double growthAhead() {
        double[] growth = present()
                .filter(m -> minutes.rateAt(m) > 0)
                .mapToDouble(m -> mostAhead(m) / minutes.rateAt(m) - 1)
                .sorted()
                .toArray();
        return growth.length == 0 ? 0 : growth[(int) (0.95 * (growth.length - 1))];
    }

    private double mostAhead(int minute) {
        double most = 0;
        for (int m = minute; m <= Math.min(minute + leadMinutes, end - 1); m++) {
            most = minutes.isGap(m) ? most : Math.max(most, minutes.rateAt(m));
        }
        return most;
    }

    /** Mean distance from the same minute a day before, over the mean rate; 0 where there is no day before. */
    double unlikeYesterday() {
        int[] both = present().filter(m -> m >= DAY && !minutes.isGap(m - DAY)).toArray();
        double off = Arrays.stream(both)
                .mapToDouble(m -> Math.abs(minutes.rateAt(m) - minutes.rateAt(m - DAY)))
                .sum();
        double all = Arrays.stream(both).mapToDouble(minutes::rateAt).sum();
        return all == 0 ? 0 : off / all;
    }

    private IntStream present() {
        return IntStream.range(first, end).filter(m -> !minutes.isGap(m));
    }
}

package dev.prescale.backtest;

import dev.prescale.control.TrafficSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Which samples of a replay's traffic are lost, late or delivered twice. It follows from the seed and the sample's minute, so that
 * every policy misses the same ones.
 */
public final class SampleArrivals {
    private static final long LOST = 0x4C4F5354L;
    private static final long LATE = 0x534C4154L;
    private static final long TWICE = 0x5457494345L;

    private final SampleFaults faults;
    private final Chance chance;

    private SampleArrivals(SampleFaults faults, Chance chance) {
        this.faults = faults;
        this.chance = chance;
    }

    /** @param traffic of the setup; of the first endpoint that has it, where several do */
    public static SampleArrivals of(ReplaySetup setup, TrafficSource traffic) {
        ReplaySetup.Endpoint endpoint = setup.endpoints().stream()
                .filter(candidate -> candidate.spec().traffic().equals(traffic))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no endpoint of this replay has the traffic " + traffic));
        return new SampleArrivals(
                setup.simulation().samples(),
                new Chance(setup.seed(), endpoint.id().toString()));
    }

    /** Whether every sample arrives once, as soon as its step has ended. */
    public boolean areAllInTime() {
        return faults.areNone();
    }

    /** @param begin of the sample's step */
    public boolean isLost(Instant begin) {
        return chance.happens(faults.lost(), LOST, begin);
    }

    /** From the end of its step until a sample that is not lost can be read. */
    public Duration delayOf(Instant begin) {
        return chance.happens(faults.late(), LATE, begin) ? faults.delay() : Duration.ZERO;
    }

    boolean comesTwice(Instant begin) {
        return chance.happens(faults.duplicated(), TWICE, begin);
    }
}

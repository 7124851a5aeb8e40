package dev.prescale.backtest;

import dev.prescale.series.Step;
import java.time.Instant;

/** When samples of one endpoint's traffic arrive. Follows from the seed and the minute: every policy misses the same ones. */
public final class SampleDelivery {
    private static final long LOST = 0x4C4F5354L;
    private static final long LATE = 0x534C4154L;
    private static final long TWICE = 0x5457494345L;

    private final SampleFaults faults;
    private final Chance chance;

    private SampleDelivery(SampleFaults faults, Chance chance) {
        this.faults = faults;
        this.chance = chance;
    }

    public static SampleDelivery of(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        return new SampleDelivery(
                setup.simulation().samples(),
                new Chance(setup.seed(), endpoint.id().toString()));
    }

    /** Whether the sample of the step that begins here never arrives. */
    public boolean isLost(Instant begin) {
        return chance.happens(faults.lost(), LOST, begin);
    }

    /** Whether the sample of the step that begins here has arrived, unless it is lost. */
    public boolean hasArrived(Instant begin, Step step, Instant now) {
        Instant end = begin.plus(step.duration());
        return !now.isBefore(end)
                && (!chance.happens(faults.late(), LATE, begin) || !now.isBefore(end.plus(faults.delay())));
    }

    boolean isDeliveredTwice(Instant begin) {
        return chance.happens(faults.duplicated(), TWICE, begin);
    }
}

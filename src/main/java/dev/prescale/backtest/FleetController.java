package dev.prescale.backtest;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.Fleet;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a fleet, and starts another one in its place where the simulation restarts it. */
final class FleetController implements ReplayPolicy.Controller {
    private static final long RESTART = 0x52455354L;

    private final Function<Instant, Fleet> start;
    private final @Nullable Restarts restarts;
    private final Chance chance;
    private Fleet fleet;
    private Instant upAgain = Instant.MIN;
    private boolean isDown;
    private long lastMinute = Long.MIN_VALUE;

    /** @param start builds a fleet that begins at an instant, from what outlives it */
    FleetController(Function<Instant, Fleet> start, ReplaySetup setup) {
        this.start = start;
        this.restarts = setup.simulation().restarts();
        this.chance = new Chance(setup.seed(), "prescale");
        this.fleet = start.apply(setup.from());
    }

    @Override
    public void runCycle(Instant now) {
        if (restarts != null && goesDown(restarts, now)) {
            isDown = true;
            upAgain = now.plus(restarts.downFor());
        }
        if (isDown && now.isBefore(upAgain)) {
            return;
        }
        if (isDown) {
            isDown = false;
            fleet = start.apply(now);
        }
        fleet.runCycle(now);
    }

    /** In the first cycle of a minute: a minute is one chance. */
    private boolean goesDown(Restarts due, Instant now) {
        long minute = Math.floorDiv(now.getEpochSecond(), 60L);
        if (minute == lastMinute) {
            return false;
        }
        lastMinute = minute;
        double share = (double) Duration.ofMinutes(1).toMillis() / due.every().toMillis();
        return chance.happens(share, RESTART, now);
    }

    @Override
    public Optional<ScalingDecision> latest(EndpointId endpoint) {
        return isDown
                ? Optional.empty()
                : fleet.snapshot(endpoint).map(EndpointSnapshot::latest).map(DecisionRecord::decision);
    }
}

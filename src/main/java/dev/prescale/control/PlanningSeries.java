package dev.prescale.control;

import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The series of one endpoint that planning follows, on a grid of ten minutes. Full steps that are new are appended, which takes
 * a constant time. It is learnt anew where what was taken in is no longer what the history says (a sample came late, older ones
 * appeared), and once a day. After a fault it is learnt anew the next time.
 */
final class PlanningSeries {
    /**
     * The offset of the logarithm, the effects of holidays and the oldest step are those of the time when the history was last
     * read in whole. A day keeps them fresh at a cost that is one part in 144 of reading it in with every forecast.
     */
    static final Duration REBUILT_EVERY = Duration.ofHours(24);

    /** Endpoints that were begun together are not all rebuilt in the same cycle: each comes earlier by up to this. */
    private static final Duration REBUILDS_SPREAD_OVER = Duration.ofHours(6);

    /** Planning looks at steps of at least this length; finer ones only add noise 48 hours ahead. */
    private static final Step PLANNING_STEP = new Step(600);

    /** Ten years: a damaged size must not take all memory. */
    private static final int MOST_STEPS = 3_660 * Step.SECONDS_PER_DAY / 600;

    private final Forecaster forecaster;
    private final EndpointSpec spec;
    private @Nullable FollowedSeries followed;
    /** The history as it was taken in last, on the planning grid. */
    private @Nullable RateSeries taken;

    private Instant rebuildDue = Instant.MIN;
    private boolean unconfirmed;
    private boolean keepsFollowing = true;
    /** The history as it is; what is drawn again later is drawn from this instead of holding one of its own. */
    private volatile RateSeries newest;

    private @Nullable String whyRebuilt;

    PlanningSeries(Forecaster forecaster, EndpointSpec spec) {
        this.forecaster = forecaster;
        this.spec = spec;
        this.newest = RateSeries.empty(Instant.EPOCH, spec.traffic().step());
    }

    /** Called with the history of every cycle. */
    void see(RateSeries history) {
        newest = history;
    }

    /**
     * Whether the series goes on being followed between two forecasts, which takes about 0.8 MB, or is read in anew for each, which
     * takes some 10 ms: a large fleet has no room for the former.
     */
    void keepFollowing(boolean follow) {
        keepsFollowing = follow;
        if (!follow) {
            forget();
        }
    }

    /** Follows the history to its end and forecasts from there; null where it has no full step with a sample. */
    @Nullable
    Forecast forecast(RateSeries history, QuantileLevels levels, Instant now) {
        RateSeries grid = onPlanningGrid(history);
        if (!grid.hasSamples()) {
            return null;
        }
        try {
            Forecast forecast = caughtUp(grid, now).forecast(levels);
            if (keepsFollowing) {
                return forecast;
            }
            forget();
            Instant origin = forecast.origin();
            return forecast.redrawnFrom(
                    () -> follow(onPlanningGrid(newest).until(origin)).forecast(levels));
        } catch (RuntimeException fault) {
            forget();
            throw fault;
        }
    }

    private static RateSeries onPlanningGrid(RateSeries history) {
        Step nativeStep = history.step();
        boolean coarsens =
                nativeStep.seconds() < PLANNING_STEP.seconds() && PLANNING_STEP.seconds() % nativeStep.seconds() == 0;
        return coarsens ? history.regrid(PLANNING_STEP) : history;
    }

    private FollowedSeries caughtUp(RateSeries grid, Instant now) {
        FollowedSeries series = followed;
        RateSeries before = taken;
        String why = series == null || before == null ? "nothing is followed yet" : whyAnew(before, grid, now);
        if (series == null || before == null || !why.isEmpty()) {
            series = follow(grid);
            rebuildDue = now.plus(REBUILT_EVERY).minusSeconds(phaseSeconds());
        } else {
            for (int t = grid.indexOf(before.end()); t < grid.size(); t++) {
                series.append(grid.rateAt(t));
            }
        }
        whyRebuilt = why;
        followed = series;
        taken = grid;
        return series;
    }

    private FollowedSeries follow(RateSeries grid) {
        return forecaster.follow(grid, spec.calendar(), horizonSteps(grid.step()));
    }

    private long phaseSeconds() {
        return Math.floorMod(spec.id().toString().hashCode(), REBUILDS_SPREAD_OVER.toSeconds());
    }

    private int horizonSteps(Step step) {
        return Math.clamp(step.covering(spec.policy().predictive().horizon()), 1, ForecastRequest.MOST_STEPS);
    }

    /** Why the history must be taken in anew; empty where the new steps can be appended. */
    private String whyAnew(RateSeries before, RateSeries grid, Instant now) {
        if (!now.isBefore(rebuildDue)) {
            return "it is due once a day";
        }
        if (!grid.step().equals(before.step()) || grid.start().isBefore(before.start())) {
            return "the history begins earlier";
        }
        if (grid.end().isBefore(before.end()) || grid.start().isAfter(before.end())) {
            return "the history ends elsewhere";
        }
        // a history that was cut may begin inside of a step
        int first = grid.start().isAfter(before.start()) ? 1 : 0;
        int shift = before.indexOf(grid.start());
        for (int t = first; shift + t < before.size(); t++) {
            if (Double.compare(grid.rateAt(t), before.rateAt(shift + t)) != 0) {
                return "the history differs at " + grid.instantAt(t);
            }
        }
        return "";
    }

    void forget() {
        followed = null;
        taken = null;
        unconfirmed = false;
    }

    /** Whether there is anything to save. */
    boolean isFollowing() {
        return followed != null;
    }

    /** Whether a state was read that the history has neither confirmed nor contradicted. */
    boolean isUnconfirmed() {
        return unconfirmed;
    }

    /**
     * What became of a state that was read, once the history has confirmed it or not: empty where it did, else the reason. Told
     * once; null where there is nothing to tell.
     */
    @Nullable
    String confirmation() {
        if (!unconfirmed || whyRebuilt == null) {
            return null;
        }
        unconfirmed = false;
        return whyRebuilt;
    }

    /** For a series that {@linkplain #isFollowing follows}. */
    void writeTo(DataOutput out) throws IOException {
        FollowedSeries series = followed;
        RateSeries known = taken;
        if (series == null || known == null) {
            throw new IOException("nothing is followed");
        }
        out.writeLong(rebuildDue.getEpochSecond());
        out.writeLong(known.start().getEpochSecond());
        out.writeInt(known.step().seconds());
        out.writeInt(known.size());
        for (int t = 0; t < known.size(); t++) {
            out.writeDouble(known.rateAt(t));
        }
        series.writeTo(out);
    }

    /** Takes up what was written; the next history must confirm it. */
    void read(DataInput in, Instant now) throws IOException {
        try {
            Instant due = Instant.ofEpochSecond(in.readLong());
            Instant start = Instant.ofEpochSecond(in.readLong());
            Step step = new Step(in.readInt());
            int size = in.readInt();
            if (size < 0 || size > MOST_STEPS) {
                throw new IOException("it has %d steps".formatted(size));
            }
            double[] rates = new double[size];
            for (int t = 0; t < size; t++) {
                rates[t] = in.readDouble();
            }
            RateSeries known = RateSeries.of(start, step, rates);
            if (known.end().isAfter(now) || due.isAfter(now.plus(REBUILT_EVERY))) {
                throw new IOException("it is from the future");
            }
            FollowedSeries series = forecaster.read(in, spec.calendar());
            if (!series.end().equals(known.end())) {
                throw new IOException("it contradicts itself");
            }
            rebuildDue = due;
            taken = known;
            followed = series;
            unconfirmed = true;
            whyRebuilt = null;
        } catch (IllegalArgumentException | DateTimeException damaged) {
            throw new IOException("it is damaged", damaged);
        }
    }
}

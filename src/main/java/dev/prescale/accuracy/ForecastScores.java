package dev.prescale.accuracy;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores of the planning forecasts that were really issued, per part of the horizon, beside day naive, week naive and
 * calibrated persistence on the same targets. Each issued forecast is remembered at a handful of horizons and judged when
 * what it spoke of has been observed; a gap or an outage judges nobody. Memory is fixed: about 15 kB per endpoint. Not
 * thread-safe.
 */
public final class ForecastScores {
    public static final QuantileLevels LEVELS = QuantileLevels.of(0.5, 0.9, 0.95, 0.99);
    public static final double COVERED_LEVEL = 0.95;

    /** A source's numbers: its point and its quantiles. */
    private static final int WIDTH = 1 + LEVELS.size();

    private static final int SOURCES = 1 + Baseline.values().length;
    private static final int SILENT_PAUSES = 3;

    /** Error quantiles of the baselines move slowly. */
    private static final Duration CALIBRATED_EVERY = Duration.ofHours(6);

    private final ZoneId zone;
    private final Map<HorizonBucket, BucketScore> buckets = new EnumMap<>(HorizonBucket.class);
    private @Nullable IssuedTargets issued;
    private @Nullable BaselineErrors errors;
    private Instant calibratedAt = Instant.MIN;
    private Instant newestOrigin = Instant.MIN;
    private List<HorizonScore> status = List.of();

    /** @param zone in which the traffic repeats by the day */
    public ForecastScores(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Judges what the series tells of earlier forecasts, then remembers a new one.
     *
     * @param series all that is known, on the forecast's grid
     * @param forecast made from the series; one with an origin that is known already is passed over
     */
    public void observe(RateSeries series, Forecast forecast) {
        if (!forecast.origin().isAfter(newestOrigin) || !series.step().equals(forecast.step())) {
            return;
        }
        newestOrigin = forecast.origin();
        BaselineErrors rivals = calibrated(series, forecast);
        IssuedTargets targets = issued;
        if (targets == null || !rivals.horizons().step().equals(series.step())) {
            return;
        }
        settle(targets, rivals.horizons(), series);
        remember(targets, rivals, series, forecast);
        status = buckets.values().stream().map(BucketScore::status).toList();
    }

    /** The buckets that the forecast reaches, nearest first; empty before the first forecast. */
    public List<HorizonScore> status() {
        return status;
    }

    private BaselineErrors calibrated(RateSeries series, Forecast forecast) {
        BaselineErrors present = errors;
        boolean fits = present != null && present.horizons().step().equals(series.step());
        if (present != null && fits && forecast.origin().isBefore(calibratedAt.plus(CALIBRATED_EVERY))) {
            return present;
        }
        JudgedHorizons horizons =
                present != null && fits ? present.horizons() : new JudgedHorizons(series.step(), forecast.steps());
        if (!fits) {
            issued = new IssuedTargets(horizons, WIDTH * SOURCES);
            beginBuckets(horizons);
        }
        calibratedAt = forecast.origin();
        LocalSlots slots = LocalSlots.of(series, 0, zone);
        BaselineErrors fresh = BaselineErrors.in(series, slots, horizons, LEVELS.toArray());
        errors = fresh;
        return fresh;
    }

    private void beginBuckets(JudgedHorizons horizons) {
        buckets.clear();
        for (int horizon = 0; horizon < horizons.count(); horizon++) {
            // the longest pause of the bucket: its last horizon's
            Duration silence = horizons.pause(horizon).multipliedBy(SILENT_PAUSES);
            buckets.put(horizons.bucket(horizon), new BucketScore(horizons.bucket(horizon), silence));
        }
    }

    private void settle(IssuedTargets targets, JudgedHorizons horizons, RateSeries series) {
        Instant now = series.end();
        float[] numbers = new float[WIDTH * SOURCES];
        for (int horizon = 0; horizon < horizons.count(); horizon++) {
            BucketScore bucket = buckets.get(horizons.bucket(horizon));
            while (targets.isOver(horizon, now.minus(JudgedHorizons.SETTLED_AFTER))) {
                int step = series.indexOf(targets.target(horizon));
                targets.take(horizon, numbers);
                boolean known = step >= 0 && step < series.size() && !series.isGap(step);
                if (bucket != null && known && !isOutage(series, step)) {
                    bucket.learn(series.rateAt(step), numbers, now);
                }
            }
        }
        buckets.values().forEach(bucket -> bucket.judge(now));
    }

    private void remember(IssuedTargets targets, BaselineErrors rivals, RateSeries series, Forecast forecast) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < LEVELS.size(); i++) {
            positions.add(forecast.levels().indexOf(LEVELS.get(i)));
        }
        if (positions.contains(-1)) {
            return;
        }
        JudgedHorizons horizons = rivals.horizons();
        int origin = series.indexOf(forecast.origin());
        int known = Math.min(origin, series.size());
        LocalSlots slots = LocalSlots.of(series.start(), series.step(), origin + forecast.steps(), zone);
        float[] numbers = new float[WIDTH * SOURCES];
        for (int horizon = 0; horizon < horizons.count(); horizon++) {
            int ahead = horizons.stepsAhead(horizon);
            if (ahead > forecast.steps() || !targets.isDue(horizon, forecast.origin())) {
                continue;
            }
            for (int i = 0; i < LEVELS.size(); i++) {
                numbers[1 + i] = (float) forecast.rate(ahead - 1, positions.get(i));
            }
            numbers[0] = numbers[1]; // the median is the point forecast
            for (Baseline baseline : Baseline.values()) {
                double rate = baseline.rate(series, slots, known, origin + ahead - 1);
                rivals.issue(baseline, horizon, rate, numbers, (1 + baseline.ordinal()) * WIDTH);
            }
            targets.remember(horizon, forecast.origin(), numbers);
        }
    }

    /** Whether the step belongs to an outage or to the hour before or after one. */
    private static boolean isOutage(RateSeries series, int step) {
        return Outages.of(series, step, step + 1 + Outages.margin(series.step())) == Outages.Verdict.INSIDE;
    }
}

package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The forecast of a short history learned from many endpoints: boosted trees with absolute loss over
 * {@link ColdStartFeatures}, whose target is {@code z[t] - a}, the logarithm of the rate less its anchor.
 */
public final class ColdStartTrees {
    private static final double LARGEST_TARGET = 3;
    private static final int HORIZON_HOURS = 48;
    private static final double SHORTEST_DAYS = 0.25;
    private static final double LONGEST_DAYS = 8;
    private static final int TARGETS_PER_ORIGIN = 12;

    private final TreeEnsemble ensemble;

    /** @param ensemble over {@link #features} */
    public ColdStartTrees(TreeEnsemble ensemble) {
        Require.that(
                ensemble.featureCount() == ColdStartFeatures.COUNT,
                "the ensemble needs %s features, had %s",
                ColdStartFeatures.COUNT,
                ensemble.featureCount());
        this.ensemble = ensemble;
    }

    /** What the features of a row are. */
    public static FeatureSet features() {
        return FeatureSet.of("cold start", ColdStartFeatures.COUNT, history -> {
            ColdStartFeatures features =
                    prepared(history, TrafficCalendar.UTC, 2 * history.step().perDay());
            double[] row = new double[ColdStartFeatures.COUNT];
            features.fill(history.size(), history.size() + history.step().perDay() + 7, row);
            return row;
        });
    }

    private static ColdStartFeatures prepared(RateSeries history, TrafficCalendar calendar, int ahead) {
        LearningHistory learning = new LearningHistory(history, calendar, ahead);
        return new ColdStartFeatures(learning, SeasonalStates.of(learning));
    }

    public TreeEnsemble ensemble() {
        return ensemble;
    }

    /** What the trees add to the anchor. */
    double correction(double[] features) {
        return Math.clamp(ensemble.predict(features), -LARGEST_TARGET, LARGEST_TARGET);
    }

    /**
     * Rows as they would have been asked for: at random origins, from histories that begin at random 6 hours to 8 days before.
     *
     * @return targets less anchors; naive are the anchor itself, the newest value, and the same slot of the last day
     */
    public static TrainingRows trainingRows(RateSeries series, TrafficCalendar calendar, int origins, long seed) {
        TrainingRows rows =
                new TrainingRows(ColdStartFeatures.COUNT, List.of("seasonal base", "last value", "day naive"));
        SplittableRandom random = new SplittableRandom(seed);
        int perDay = series.step().perDay();
        int horizon = HORIZON_HOURS * perDay / 24;
        int latest = series.size() - horizon;
        for (int k = 0; k < origins && latest > perDay; k++) {
            int length = (int) (perDay * random.nextDouble(SHORTEST_DAYS, LONGEST_DAYS));
            int origin = random.nextInt(perDay, latest);
            RateSeries history = series.slice(Math.max(0, origin - length), origin);
            if (!history.hasSamples()) {
                continue;
            }
            addRows(history, calendar, series.slice(origin, origin + horizon), random, rows);
        }
        return rows;
    }

    private static void addRows(
            RateSeries history,
            TrafficCalendar calendar,
            RateSeries future,
            SplittableRandom random,
            TrainingRows rows) {
        LearningHistory learning = new LearningHistory(history, calendar, future.size());
        ColdStartFeatures features = new ColdStartFeatures(learning, SeasonalStates.of(learning));
        int origin = history.size();
        for (int k = 0; k < TARGETS_PER_ORIGIN; k++) {
            // as many targets in the first hours as in the rest: even in the logarithm of the horizon
            int h = (int) Math.pow(future.size(), random.nextDouble()) - 1;
            double rate = future.rateAt(h);
            if (Double.isNaN(rate)) {
                continue;
            }
            double factor =
                    calendar.eventFactor(future.instantAt(h), future.step().duration());
            double anchor = features.anchor(origin, origin + h);
            double[] row = new double[ColdStartFeatures.COUNT];
            features.fill(origin, origin + h, row);
            double target = Math.log(rate / factor + learning.offset()) - anchor;
            rows.add(
                    row,
                    Math.clamp(target, -LARGEST_TARGET, LARGEST_TARGET),
                    0,
                    row[ColdStartFeatures.NEWEST],
                    row[ColdStartFeatures.LAST_OF_SLOT]);
        }
    }
}

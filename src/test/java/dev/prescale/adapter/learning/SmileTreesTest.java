package dev.prescale.adapter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.TrainingRows;
import dev.prescale.forecast.TreeEnsemble;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import smile.base.cart.Loss;
import smile.regression.GradientTreeBoost;

class SmileTreesTest {
    private static final TreeSettings SETTINGS = new TreeSettings(20, 5, 8, 10, 0.1, 0.5);

    @Test
    void treesOfTheCorePredictWhatSmilePredicts() {
        TrainingRows rows = noisyPeaks(1);
        GradientTreeBoost smile = BoostedTrees.boosted(rows, Loss.quantile(0.9), SETTINGS, 7);
        TreeEnsemble ensemble = SmileTrees.ensemble(smile, rows.featureCount(), SETTINGS.shrinkage());
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < 500; k++) {
            double[] row = new double[rows.featureCount()];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble(-2, 2);
            }
            double[] seen = rows.features(random.nextInt(rows.size()));
            assertThat(ensemble.predict(row)).isCloseTo(smile.predict(new FeatureTuple(row)), within(1e-9));
            assertThat(ensemble.predict(seen)).isCloseTo(smile.predict(new FeatureTuple(seen)), within(1e-9));
        }
    }

    @Test
    void sameSeedSameTreesOtherSeedOthers() {
        TrainingRows rows = noisyPeaks(1);
        TreeEnsemble once = BoostedTrees.quantile(rows, 0.9, SETTINGS, 7);
        assertThat(BoostedTrees.quantile(rows, 0.9, SETTINGS, 7)).isEqualTo(once);
        assertThat(BoostedTrees.quantile(rows, 0.9, SETTINGS, 8)).isNotEqualTo(once);
    }

    @Test
    void quantilesCoverTheirShare() {
        TrainingRows rows = noisyPeaks(1);
        TrainingRows others = noisyPeaks(2);
        for (double level : new double[] {0.5, 0.9}) {
            TreeEnsemble quantile = BoostedTrees.quantile(rows, level, SETTINGS, 7);
            int below = 0;
            for (int row = 0; row < others.size(); row++) {
                below += others.target(row) <= quantile.predict(others.features(row)) ? 1 : 0;
            }
            // 20 small steps from the constant quantile: within a few points of the level
            assertThat((double) below / others.size()).as("level %s", level).isCloseTo(level, within(0.06));
        }
    }

    @Test
    void roundingKeepsPredictionsToSixDigits() {
        TrainingRows rows = noisyPeaks(1);
        TreeEnsemble ensemble = BoostedTrees.median(rows, SETTINGS, 7);
        TreeEnsemble rounded = Rounding.rounded(ensemble);
        int same = 0;
        for (int row = 0; row < rows.size(); row++) {
            double[] features = rows.features(row);
            same += Math.abs(rounded.predict(features) - ensemble.predict(features)) < 1e-4 ? 1 : 0;
        }
        // a row within a millionth of a threshold may fall on its other side
        assertThat(same).isGreaterThan((int) (0.99 * rows.size()));
    }

    /** Peaks of a daily wave with noise of its own in every step. */
    static TrainingRows noisyPeaks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateSeries series = Rates.of(
                new Step(300),
                8 * 288,
                t -> (50 + 30 * Math.sin(2 * Math.PI * t / 288)) * (0.7 + 0.6 * random.nextDouble()));
        return PeakTrees.trainingRows(series, TrafficCalendar.UTC, Duration.ofMinutes(10));
    }
}

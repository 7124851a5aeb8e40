package dev.prescale.forecast;

import static dev.prescale.forecast.Horizons.forecast;
import static dev.prescale.forecast.TreeEnsemble.LEAF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.TreeEnsemble.Tree;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTreesTest {
    private static final int DAY = 144;

    private static SharedTrees member(RateSeries series, TreeEnsemble ensemble) {
        LearningHistory history = new LearningHistory(series, TrafficCalendar.in(ZoneId.of("Europe/Berlin")), 400);
        return new SharedTrees(history, SeasonalStates.of(history), new ColdStartTrees(ensemble));
    }

    private static TreeEnsemble constant(double correction) {
        return TreeEnsemble.of(ColdStartFeatures.COUNT, correction, List.of());
    }

    private static RateSeries steady(int size) {
        return Rates.of(Rates.TEN_MINUTES, size, t -> 8);
    }

    @Test
    void withoutACorrectionItIsTheSeasonalBase() {
        for (double rate : forecast(member(steady(3 * DAY), constant(0)), 3 * DAY, 2 * DAY)) {
            assertThat(rate).isCloseTo(8, within(1e-9));
        }
    }

    @Test
    void theCorrectionIsAddedToTheLogarithm() {
        // c = 40 % of 8: (8 + 3.2) e^.1 - 3.2
        for (double rate : forecast(member(steady(3 * DAY), constant(0.1)), 3 * DAY, 2 * DAY)) {
            assertThat(rate).isCloseTo(11.2 * Math.exp(0.1) - 3.2, within(1e-9));
        }
    }

    @Test
    void staysAQuarterBeyondWhatWasSeen() {
        // the base of a steady 8 is 8, which is also all that was seen: (8 + 3.2) e^.25 - 3.2
        for (double rate : forecast(member(steady(3 * DAY), constant(3)), 3 * DAY, 5)) {
            assertThat(rate).isCloseTo(11.2 * Math.exp(0.25) - 3.2, within(1e-9));
        }
        for (double rate : forecast(member(steady(3 * DAY), constant(-3)), 3 * DAY, 5)) {
            assertThat(rate).isCloseTo(11.2 * Math.exp(-0.25) - 3.2, within(1e-9));
        }
    }

    @Test
    void speaksFromTheFirstSampleOn() {
        SharedTrees young = member(steady(1), constant(0));
        assertThat(young.speaksAt(0)).isFalse();
        assertThat(young.speaksAt(1)).isTrue();
        for (double rate : forecast(young, 1, DAY)) {
            assertThat(rate).isCloseTo(8, within(1e-9));
        }
    }

    @Test
    void aShorterForecastIsTheBeginningOfALongerOne() {
        RateSeries series = Rates.of(Rates.TEN_MINUTES, 3 * DAY + 50, t -> 5 + t * 7919 % 13);
        SharedTrees trees = member(series, byManyFeatures());
        double[] longer = forecast(trees, series.size(), 300);
        for (int steps = 1; steps < longer.length; steps++) {
            assertThat(forecast(trees, series.size(), steps)).containsExactly(Arrays.copyOf(longer, steps));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingAfterTheOriginIsRead(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[6 * DAY];
        for (int t = 0; t < rates.length; t++) {
            rates[t] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(100);
        }
        int origin = 10 + random.nextInt(rates.length - 20);
        RateSeries series = RateSeries.of(Rates.START, Rates.TEN_MINUTES, rates);
        // the same whole numbers in another order: the offset of the logarithm stays
        RateSeries reversed = Rates.changedFrom(series, origin, t -> rates[rates.length - 1 - (t - origin)]);

        assertThat(forecast(member(reversed, byManyFeatures()), origin, 300))
                .containsExactly(forecast(member(series, byManyFeatures()), origin, 300));
    }

    @Test
    void trainingRowsAreWhatTheMemberAsks() {
        // a week of a plain daily wave: what comes is the seasonal base, so targets less anchors are 0
        RateSeries series =
                Rates.of(Rates.TEN_MINUTES, 12 * DAY, t -> 100 * (2 + Math.sin(2 * Math.PI * (t % DAY) / DAY)));
        TrainingRows rows = ColdStartTrees.trainingRows(series, TrafficCalendar.UTC, 40, 1);
        assertThat(rows.size()).isEqualTo(40 * 12);
        int known = 0;
        for (int row = 0; row < rows.size(); row++) {
            boolean baseIsKnown = rows.features(row)[3] == 1;
            if (baseIsKnown) {
                known++;
                assertThat(rows.target(row)).isCloseTo(0, within(0.06)); // the base is smoothed over +-20 min
            }
        }
        assertThat(known).isGreaterThan(300);
    }

    /** Stumps for every feature, so that a change of any of them shows; too small to reach the bounds. */
    private static TreeEnsemble byManyFeatures() {
        List<Tree> stumps = new ArrayList<>();
        for (int feature = 0; feature < ColdStartFeatures.COUNT; feature++) {
            for (double threshold : new double[] {-0.5, -0.1, 0, 0.1, 0.5, 2}) {
                stumps.add(new Tree(List.of(feature, LEAF, LEAF), List.of(threshold, 0.0, 0.00004 * (feature + 1))));
            }
        }
        return TreeEnsemble.of(ColdStartFeatures.COUNT, 0, stumps);
    }
}

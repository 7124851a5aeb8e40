package dev.prescale.forecast;

import static dev.prescale.forecast.TreeEnsemble.LEAF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.TreeEnsemble.Tree;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeakTreesTest {
    private static final Step MINUTE = new Step(60);
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static TreeEnsemble constant(double value) {
        return TreeEnsemble.of(PeakTrees.FEATURES, value, List.of());
    }

    private static double ask(PeakTrees trees, double level) {
        return trees.predictor(MINUTE, WINDOW, QuantileLevels.of(level)).logRatio(new double[PeakFeatures.COUNT], 0);
    }

    @Test
    void interpolatesAnExponentialTailExactly() {
        // an exponential variable has the quantiles -ln(1 - tau)
        PeakTrees trees = new PeakTrees(
                List.of(0.5, 0.9, 0.99),
                List.of(constant(-Math.log(0.5)), constant(-Math.log(0.1)), constant(-Math.log(0.01))));
        assertThat(ask(trees, 0.9)).isEqualTo(-Math.log(0.1));
        assertThat(ask(trees, 0.7)).isCloseTo(-Math.log(0.3), within(1e-12));
        assertThat(ask(trees, 0.95)).isCloseTo(-Math.log(0.05), within(1e-12));
    }

    @Test
    void takesTheOutermostLevelBeyondIt() {
        PeakTrees trees = new PeakTrees(List.of(0.5, 0.9), List.of(constant(1), constant(2)));
        assertThat(ask(trees, 0.1)).isEqualTo(1);
        assertThat(ask(trees, 0.999)).isEqualTo(2);
    }

    @Test
    void levelsNeverCross() {
        PeakTrees trees = new PeakTrees(List.of(0.5, 0.9, 0.95), List.of(constant(1), constant(0.3), constant(0.6)));
        PeakPredictor predictor = trees.predictor(MINUTE, WINDOW, QuantileLevels.of(0.5, 0.7, 0.9, 0.93, 0.95));
        for (int i = 0; i < 5; i++) {
            assertThat(predictor.logRatio(new double[PeakFeatures.COUNT], i)).isEqualTo(1);
        }
    }

    @Test
    void knowsTheWindowInWholeSteps() {
        // ln of the window in minutes <= ln 7 ? 1 : 2
        Tree byWindow = new Tree(List.of(PeakTrees.WINDOW, LEAF, LEAF), List.of(Math.log(7), 1.0, 2.0));
        PeakTrees trees =
                new PeakTrees(List.of(0.5), List.of(TreeEnsemble.of(PeakTrees.FEATURES, 0, List.of(byWindow))));
        double[] row = new double[PeakFeatures.COUNT];
        QuantileLevels median = QuantileLevels.of(0.5);
        assertThat(trees.predictor(MINUTE, Duration.ofMinutes(5), median).logRatio(row, 0))
                .isEqualTo(1);
        assertThat(trees.predictor(MINUTE, Duration.ofMinutes(8), median).logRatio(row, 0))
                .isEqualTo(2);
        assertThat(trees.predictor(Rates.TEN_MINUTES, Duration.ofMinutes(5), median)
                        .logRatio(row, 0))
                .as("a window is at least a step of ten minutes")
                .isEqualTo(2);
    }

    @Test
    void rowsDoNotChangeWithWhatComesLater() {
        RateSeries series = Rates.of(MINUTE, 3 * 1440, t -> 5 + Math.sin(t / 200.0) + t * 7919 % 13);
        int origin = 2 * 1440;
        TrainingRows known = PeakTrees.trainingRows(series.slice(0, origin), TrafficCalendar.UTC, WINDOW);
        TrainingRows later =
                PeakTrees.trainingRows(Rates.changedFrom(series, origin, t -> 500), TrafficCalendar.UTC, WINDOW);
        assertThat(later.size()).isGreaterThan(known.size() + 200);
        for (int row = 0; row < known.size(); row++) {
            assertThat(later.features(row)).as("row %s", row).containsExactly(known.features(row));
            assertThat(later.target(row)).isEqualTo(known.target(row));
        }
    }

    @Test
    void rowsHaveNoScale() {
        TrainingRows rows = PeakTrees.trainingRows(wave(1_000), TrafficCalendar.UTC, WINDOW);
        TrainingRows tenfold = PeakTrees.trainingRows(wave(10_000), TrafficCalendar.UTC, WINDOW);
        assertThat(tenfold.size()).isEqualTo(rows.size()).isPositive();
        // the offset of half a request a minute is what remains of the scale: 1e-5 of these rates
        assertThat(tenfold.target(7)).isCloseTo(rows.target(7), within(1e-4));
    }

    private static RateSeries wave(double mean) {
        return Rates.of(MINUTE, 2 * 1440, t -> mean * (1 + 0.5 * Math.sin(2 * Math.PI * t / 1440)));
    }

    @Test
    void refusesLevelsAndEnsemblesThatDoNotFit() {
        assertThatThrownBy(() -> new PeakTrees(List.of(0.9, 0.5), List.of(constant(1), constant(2))))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> new PeakTrees(List.of(0.9), List.of())).hasMessageContaining("as many ensembles");
        assertThatThrownBy(() -> new PeakTrees(List.of(0.9), List.of(TreeEnsemble.of(3, 0, List.of()))))
                .hasMessageContaining("had 3");
    }
}

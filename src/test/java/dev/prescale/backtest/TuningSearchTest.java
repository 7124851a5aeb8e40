package dev.prescale.backtest;

import static dev.prescale.backtest.TuningKnob.QUANTILE;
import static dev.prescale.backtest.TuningKnob.SCALE_IN_WINDOW;
import static dev.prescale.backtest.TuningKnob.TRACKING_UTILIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.TuningGoal.Aim;
import dev.prescale.backtest.TuningGoal.Objective;
import dev.prescale.backtest.TuningGoal.Outlook;
import dev.prescale.control.EndpointSpec;
import dev.prescale.testing.Specs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TuningSearchTest {
    /** Quantile 0.95, target tracking at 1, scale-in after 300 s are the present settings. */
    private static final EndpointSpec SPEC = Specs.anEndpoint("shop");

    private static final TuningGrid GRID = new TuningGrid(new TuningSpace(
            SPEC,
            Map.of(
                    QUANTILE, List.of(0.9, 0.95, 0.99),
                    TRACKING_UTILIZATION, List.of(0.5, 1.0),
                    SCALE_IN_WINDOW, List.of(0.0, 300.0, 600.0))));

    private static final Aim AT_MOST_TEN = new Aim(Objective.COST, 10);

    /** Each key acts on its own; 10 violation minutes a day and a cost of 100 as it is. */
    private static Outlook independent(TuningSettings settings) {
        double cost = 100;
        double violationsAndOne = 11;
        cost *= factor(settings, QUANTILE, Map.of(0.9, 0.9, 0.99, 1.2));
        violationsAndOne *= factor(settings, QUANTILE, Map.of(0.9, 1.3, 0.99, 0.4));
        cost *= factor(settings, TRACKING_UTILIZATION, Map.of(0.5, 1.04));
        violationsAndOne *= factor(settings, TRACKING_UTILIZATION, Map.of(0.5, 0.75));
        cost *= factor(settings, SCALE_IN_WINDOW, Map.of(0.0, 0.8, 600.0, 1.1));
        violationsAndOne *= factor(settings, SCALE_IN_WINDOW, Map.of(0.0, 2.0, 600.0, 0.9));
        return new Outlook(cost, violationsAndOne - 1);
    }

    private static double factor(TuningSettings settings, TuningKnob knob, Map<Double, Double> factors) {
        return factors.getOrDefault(settings.values().getOrDefault(knob, 0.0), 1.0);
    }

    @Test
    void whereKeysActOnTheirOwnTheBestSettingsAreTheFirstProposal() {
        Map<Integer, Outlook> replayed = oneAtATime(TuningSearchTest::independent);
        TuningSearch search = new TuningSearch(GRID, AT_MOST_TEN, replayed, 1);
        // alone no key gains within the limit; 0.9 * 1.04 costs 93.6 at 1.3 * 0.75 * 11 - 1 = 9.7 violation minutes
        assertThat(search.best()).isEqualTo(GRID.present());
        assertThat(search.proposals(1))
                .singleElement()
                .extracting(GRID::settings)
                .isEqualTo(GRID.settings(GRID.present()).with(QUANTILE, 0.9).with(TRACKING_UTILIZATION, 0.5));
    }

    @Test
    void whatWasReplayedIsProposedNoMoreAndNothingWorseIs() {
        Map<Integer, Outlook> replayed = oneAtATime(TuningSearchTest::independent);
        int proposed =
                new TuningSearch(GRID, AT_MOST_TEN, replayed, 1).proposals(1).getFirst();
        replayed.put(proposed, independent(GRID.settings(proposed)));
        TuningSearch again = new TuningSearch(GRID, AT_MOST_TEN, replayed, 1);
        assertThat(again.best()).isEqualTo(proposed);
        assertThat(again.proposals(1)).isEmpty();
    }

    @Test
    void aReplayThatDisagreesChangesWhatIsThoughtOfItsNeighbors() {
        Map<Integer, Outlook> replayed = oneAtATime(TuningSearchTest::independent);
        int proposed =
                new TuningSearch(GRID, AT_MOST_TEN, replayed, 1).proposals(1).getFirst();
        // it did better than keys on their own would: 4 violation minutes, not 9.7, leave room for scale-in at once, 2
        // * 5 - 1 = 9
        replayed.put(proposed, new Outlook(90, 4));
        assertThat(new TuningSearch(GRID, AT_MOST_TEN, replayed, 1).proposals(1))
                .singleElement()
                .extracting(GRID::settings)
                .isEqualTo(GRID.settings(proposed).with(SCALE_IN_WINDOW, 0));
    }

    @Test
    void ofSettingsThatAreAsGoodThoseThatChangeTheFewestKeysWin() {
        Map<Integer, Outlook> replayed = oneAtATime(settings -> new Outlook(100, 10));
        int two = GRID.withLevel(GRID.withLevel(GRID.present(), 0, 0), 1, 0);
        replayed.put(two, new Outlook(99.95, 10));
        assertThat(new TuningSearch(GRID, AT_MOST_TEN, replayed, 1).best()).isEqualTo(GRID.present());
        replayed.put(two, new Outlook(99.8, 10));
        assertThat(new TuningSearch(GRID, AT_MOST_TEN, replayed, 1).best()).isEqualTo(two);
    }

    @Test
    void whereTheLimitIsOutOfReachItGoesWhereItIsExceededLeast() {
        Aim none = new Aim(Objective.COST, 0);
        Map<Integer, Outlook> replayed = oneAtATime(TuningSearchTest::independent);
        TuningSearch search = new TuningSearch(GRID, none, replayed, 1);
        assertThat(GRID.settings(search.best()).values()).containsEntry(QUANTILE, 0.99);
        assertThat(GRID.settings(search.proposals(1).getFirst()).values())
                .containsEntry(QUANTILE, 0.99)
                .containsEntry(TRACKING_UTILIZATION, 0.5)
                .containsEntry(SCALE_IN_WINDOW, 600.0);
    }

    /** The other way round: fewest violation minutes at a cost of 104. */
    @Test
    void violationMinutesAreMadeLeastAtALimitOfCost() {
        Aim cost = new Aim(Objective.VIOLATIONS, 104);
        TuningSearch search = new TuningSearch(GRID, cost, oneAtATime(TuningSearchTest::independent), 1);
        assertThat(GRID.settings(search.best()).values()).containsEntry(TRACKING_UTILIZATION, 0.5);
        // 0.8 * 1.2 * 1.04 = 99.8 at 11 * 2 * 0.4 * 0.75 - 1 = 5.6 violation minutes, below the 7.25 of 0.5 alone
        assertThat(GRID.settings(search.proposals(1).getFirst()).values())
                .containsEntry(QUANTILE, 0.99)
                .containsEntry(TRACKING_UTILIZATION, 0.5)
                .containsEntry(SCALE_IN_WINDOW, 0.0);
    }

    private static Map<Integer, Outlook> oneAtATime(Function<TuningSettings, Outlook> truth) {
        Map<Integer, Outlook> replayed = new LinkedHashMap<>();
        GRID.oneAtATime().forEach(settings -> replayed.put(settings, truth.apply(GRID.settings(settings))));
        return replayed;
    }
}

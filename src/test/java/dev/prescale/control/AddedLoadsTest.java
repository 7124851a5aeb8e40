package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.RequestCosts;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.series.SeriesQuality;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddedLoadsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final RequestCosts COSTS = new RequestCosts(Map.of("a", 0.5, "b", 2.0));

    @Test
    void forecastsAreAddedOverTheStepsThatTheyShare() {
        Forecast sum =
                new AddedLoads().planning(COSTS, Map.of("a", forecast(0, 10, 20, 30), "b", forecast(1, 1, 2, 3)));

        assertThat(sum).isNotNull();
        assertThat(sum.origin()).isEqualTo(START.plusSeconds(600));
        assertThat(sum.steps()).isEqualTo(2);
        assertThat(sum.rate(0, 0)).isEqualTo(0.5 * 20 + 2.0 * 1);
    }

    @Test
    void aForecastThatEndedBeforeTheOthersBeginIsNotAdded() {
        assertThat(new AddedLoads().planning(COSTS, Map.of("a", forecast(0, 10, 20), "b", forecast(2, 1, 2))))
                .isNull();
        assertThat(new AddedLoads().planning(COSTS, Map.of())).isNull();
    }

    private static Forecast forecast(int firstStep, double... rates) {
        double[][] rows = new double[rates.length][];
        for (int k = 0; k < rates.length; k++) {
            rows[k] = new double[] {rates[k]};
        }
        return new Forecast(
                START.plusSeconds(600L * firstStep),
                new Step(600),
                QuantileLevels.of(0.5),
                rows,
                new ScenarioPaths(new double[][] {rates}),
                new Forecast.Provenance(
                        List.of(),
                        List.of(),
                        new SeriesQuality(rates.length, 0, 0),
                        new Forecast.Skill(Double.NaN, "", Double.NaN),
                        List.of()));
    }
}

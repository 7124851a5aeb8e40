package dev.prescale.adapter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.forecast.ModelProvenance;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedModelFitTest {
    private static SharedModelFit.Result fit(List<FitSeries> series, long seed) {
        return new SharedModelFit(SharedModelFit.Size.SMALL, progress -> {}).fit("tiny", series, seed, "test");
    }

    @Test
    void sameSeriesAndSeedSameModelWhateverTheirOrder() {
        List<FitSeries> series = series(3);
        SharedModelFit.Result once = fit(series, 1);
        SharedModelFit.Result again = fit(List.of(series.get(2), series.get(0), series.get(1)), 1);
        assertThat(again.provenance()).isEqualTo(once.provenance());
        assertThat(again.model().peaks().orElseThrow().ensembles())
                .isEqualTo(once.model().peaks().orElseThrow().ensembles());
        assertThat(again.model().coldStart().orElseThrow().ensemble())
                .isEqualTo(once.model().coldStart().orElseThrow().ensemble());
    }

    @Test
    void saysWhereItComesFromAndBeatsPersistenceOnAWaveHeldOut() {
        ModelProvenance provenance = fit(series(3), 1).provenance();
        assertThat(provenance.series()).containsExactly("s0", "s1", "s2");
        assertThat(provenance.dataHash()).matches("[0-9a-f]{64}");
        assertThat(provenance.seed()).isEqualTo(1);
        assertThat(provenance.codeVersion()).isEqualTo("test");
        assertThat(provenance.scores()).hasSize(6);
        ModelProvenance.Score median = provenance.scores().getFirst();
        assertThat(median.rows()).isPositive();
        assertThat(median.naives()).first().satisfies(persistence -> {
            assertThat(persistence.name()).isEqualTo("persistence");
            assertThat(median.model()).isLessThan(persistence.loss());
        });
    }

    @Test
    void otherDataOtherHash() {
        List<FitSeries> series = series(2);
        List<FitSeries> renamed =
                List.of(new FitSeries("other", series.get(0).series(), TrafficCalendar.UTC), series.get(1));
        assertThat(SeriesHash.of(renamed)).isNotEqualTo(SeriesHash.of(series));
        assertThat(SeriesHash.of(series(2))).isEqualTo(SeriesHash.of(series));
    }

    @Test
    void oneSeriesIsTooFew() {
        assertThatThrownBy(() -> fit(series(1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 series");
    }

    @Test
    void seriesThatAreTooShortAreSaid() {
        RateSeries minute = Rates.of(new Step(60), 1, t -> 1);
        List<FitSeries> tiny = List.of(
                new FitSeries("a", minute, TrafficCalendar.UTC), new FitSeries("b", minute, TrafficCalendar.UTC));
        assertThatThrownBy(() -> fit(tiny, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too short");
    }

    private static List<FitSeries> series(int count) {
        List<FitSeries> series = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            SplittableRandom random = new SplittableRandom(k);
            double mean = 10 * (k + 1);
            RateSeries rates = Rates.of(
                    new Step(300),
                    8 * 288,
                    t -> mean * (1 + 0.6 * Math.sin(2 * Math.PI * t / 288)) * (0.7 + 0.6 * random.nextDouble()));
            series.add(new FitSeries("s" + k, rates, TrafficCalendar.UTC));
        }
        return series;
    }
}

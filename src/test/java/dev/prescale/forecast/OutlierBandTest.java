package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutlierBandTest {
    private final OutlierBand band = new OutlierBand();

    @Test
    void aValueIsDrawnInToTheNearestReference() {
        band.around(0.5).including(2).including(Double.NaN).including(4);
        assertThat(band.drawnIn(1)).isEqualTo(1.5);
        assertThat(band.drawnIn(3)).isEqualTo(3);
        assertThat(band.drawnIn(9)).isEqualTo(4.5);
        assertThat(band.drawnIn(Double.NaN)).isNaN();
        assertThat(band.isOutlier(4.5)).isFalse();
        assertThat(band.isOutlier(4.51)).isTrue();
    }

    @Test
    void withoutAReferenceNothingIsAnOutlier() {
        assertThat(band.around(0.5).drawnIn(100)).isEqualTo(100);
    }

    @Test
    void aJobOfEveryDayIsDrawnInOnceAndASingleSpikeToo() {
        // state of the slot: 15 % towards what is let through; the job begins on day 1 and adds 3
        double state = 0;
        double yesterday = 0;
        double[] let = new double[6];
        for (int day = 0; day < 6; day++) {
            double value = day >= 1 ? 3 : 0;
            let[day] = band.around(0.25).including(state).including(yesterday).drawnIn(value);
            state += 0.15 * (let[day] - state);
            yesterday = value;
        }
        assertThat(let).containsExactly(0, 0.25, 3, 3, 3, 3);
    }
}

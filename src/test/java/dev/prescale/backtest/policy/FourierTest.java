package dev.prescale.backtest.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 12, 35, 90, 97, 208})
    void isTheSumOfItsDefinition(int length) {
        double[] signal = new SplittableRandom(length).doubles(length, -1, 3).toArray();
        Fourier.Spectrum spectrum = new Fourier(length).of(signal);
        for (int k = 0; k < length; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < length; n++) {
                re += signal[n] * Math.cos(-2 * Math.PI * k * n / length);
                im += signal[n] * Math.sin(-2 * Math.PI * k * n / length);
            }
            assertThat(spectrum.re()[k]).isCloseTo(re, within(1e-8));
            assertThat(spectrum.im()[k]).isCloseTo(im, within(1e-8));
            assertThat(spectrum.amplitude(k)).isCloseTo(Math.hypot(re, im) / length, within(1e-8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 1_440})
    void theSignalComesBack(int length) {
        double[] signal = new SplittableRandom(length).doubles(length, -1, 3).toArray();
        var fourier = new Fourier(length);
        assertThat(fourier.signalOf(fourier.of(signal))).containsExactly(signal, within(1e-9));
    }
}

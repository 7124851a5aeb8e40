package dev.prescale.adapter.externalmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MilliQuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5",
        "44.5, 44500m",
        "0.0001, 1m",
        "8.2, 8200m",
        "16.1, 16100m",
        "4.1, 4100m",
        "1.0001, 1001m",
        "0.9999, 1",
        "1000000, 1000000",
        "12345678.9, 12345678900m",
        "1e20, 100000000000000000000",
        "4.9e-324, 1m"
    })
    void isWholeOrInThousandthsRoundedUp(double value, String quantity) {
        assertThat(MilliQuantity.of(value)).isEqualTo(quantity);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void isNothingElse(double value) {
        assertThatThrownBy(() -> MilliQuantity.of(value)).isInstanceOf(IllegalArgumentException.class);
    }
}

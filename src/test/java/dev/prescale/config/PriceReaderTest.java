package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.CapacityMix.Prices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceReaderTest {
    @Test
    void allPrices() {
        assertThat(PriceReader.readText("onDemand=1, reserved=0.6,spot = 3e-1,interruptionRate=0.1"))
                .isEqualTo(new ReadResult.Valid<>(new Prices(1, 0.6, 0.3, 0.1)));
    }

    @Test
    void whatIsLeftOutIsBoughtOnDemandAndInterruptedAsUsual() {
        assertThat(PriceReader.readText("onDemand=2,reserved=1"))
                .isEqualTo(new ReadResult.Valid<>(new Prices(2, 1, 2, 0.05)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "onDemand=1,reservd=0.6|prices.reservd is not a known key; did you mean reserved?, was 0.6",
                "reserved=0.6|prices.onDemand is required",
                "onDemand=1,reserved=2|prices.reserved must be at most onDemand, which is 1.0, was 2",
                "onDemand=1,spot=-1|prices.spot must be a number above 0, at most 1000000, was -1",
                "onDemand=dear,spot=1|prices.onDemand must be a number above 0, at most 1000000, was dear",
                "onDemand=1,spot=0.5,spot=0.4|prices.spot stands twice",
                "onDemand=1;spot=0.5|prices must be name=number with commas between them, such as onDemand=1,reserved=0.6,spot=0.3, was onDemand=1;spot=0.5",
                "onDemand=1|prices must have reserved, spot or both beside onDemand: with one price there is nothing to mix",
                "onDemand=1,reserved=0.5,interruptionRate=1|prices.interruptionRate is of spot replicas and needs spot, was 1",
            })
    void faultsAreNamed(String text, String fault) {
        assertThat(PriceReader.readText(text))
                .isInstanceOfSatisfying(
                        ReadResult.Invalid.class,
                        invalid -> assertThat(invalid.violations().getFirst()).hasToString(fault));
    }

    @Test
    void everyFaultIsNamed() {
        assertThat(PriceReader.readText("onDemand=0,reserved=x,spott=1,interruptionRate=99"))
                .isInstanceOfSatisfying(
                        ReadResult.Invalid.class,
                        invalid -> assertThat(invalid.violations()).hasSize(4));
    }
}

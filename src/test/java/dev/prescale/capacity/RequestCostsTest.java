package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestCostsTest {
    private static final RequestCosts TWO_MODELS = new RequestCosts(Map.of("llama-8b", 0.08, "llama-70b", 0.9));

    @Test
    void workIsTheSumOfRatesTimesCosts() {
        // 10 x 0.08 s + 2 x 0.9 s = 2.6 busy replicas
        assertThat(TWO_MODELS.work(Map.of("llama-8b", 10.0, "llama-70b", 2.0)))
                .hasValueCloseTo(2.6, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void withoutTheRateOfAModelTheWorkIsNotKnown() {
        assertThat(TWO_MODELS.work(Map.of("llama-8b", 10.0))).isEmpty();
    }

    @Test
    void aModelWithoutACostIsNotCounted() {
        assertThat(TWO_MODELS.work(Map.of("llama-8b", 1.0, "llama-70b", 0.0, "other", 9.0)))
                .hasValue(0.08);
    }

    @Test
    void costsAndRatesThatAreNoneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestCosts(Map.of("a", -0.1)))
                .withMessage("cost of a must be finite and >= 0 replica-seconds per request, was -0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO_MODELS.work(Map.of("llama-8b", Double.NaN, "llama-70b", 1.0)))
                .withMessage("rate of llama-8b must be finite and >= 0 req/s, was NaN");
    }

    @Test
    void thereIsAtLeastOneModelAndAtMostFifty() {
        Map<String, Double> tooMany = new TreeMap<>();
        for (int k = 0; k <= RequestCosts.MOST_MODELS; k++) {
            tooMany.put("m" + k, 1.0);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestCosts(tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestCosts(Map.of()));
    }
}

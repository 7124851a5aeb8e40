package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Story of one endpoint: a reading a minute, five to a sample, twelve samples to learn from. */
class CostLearningTest {
    private static final String MODEL = "chat";

    private Instant now = Instant.parse("2024-01-01T00:00:00Z");
    private CostLearning learning = new CostLearning(List.of(MODEL), new MeanCost());

    /** Costs are work over requests, known to 10 %. A stand-in for the regression, whose tests are its own. */
    private static final class MeanCost implements CostLearner {
        @Override
        public Outcome learn(List<String> models, List<CostSample> samples) {
            double work = samples.stream().mapToDouble(CostSample::busyReplicas).sum();
            double rate = samples.stream()
                    .mapToDouble(sample -> sample.rates().getOrDefault(MODEL, 0.0))
                    .sum();
            if (work == 0) {
                return new Undetermined("utilization is always 0");
            }
            RequestCosts costs = new RequestCosts(Map.of(MODEL, work / rate));
            return new Learned(new LearnedCosts(
                    costs,
                    costs.times(0.1),
                    0.1,
                    samples.size(),
                    samples.getFirst().at(),
                    samples.getLast().at(),
                    "v",
                    "a test"));
        }
    }

    /** So many minutes in which a request costs so much, with 10 ready replicas. */
    private void minutes(int count, double cost, boolean rollout) {
        for (int k = 0; k < count; k++) {
            double rate = 20 + k % 10;
            learning.observe(now, Map.of(MODEL, rate), OptionalDouble.of(rate * cost / 10), 10, rollout);
            if (learning.isLearningDue()) {
                learning.learn();
            }
            now = now.plus(Duration.ofMinutes(1));
        }
    }

    private CostEstimate.Known known() {
        return (CostEstimate.Known) learning.costs();
    }

    private double cost() {
        return known().learned().costs().busySeconds().getOrDefault(MODEL, Double.NaN);
    }

    private double planned() {
        return known().planned().busySeconds().getOrDefault(MODEL, Double.NaN);
    }

    @Test
    void nothingIsKnownUntilAnHourOfSamplesIsThere() {
        assertThat(learning.costs())
                .isEqualTo(new CostEstimate.Unknown("0 of 12 samples of 5 min with requests are there"));
        minutes(60, 0.2, false);
        assertThat(learning.costs())
                .isEqualTo(new CostEstimate.Unknown("11 of 12 samples of 5 min with requests are there"));
        minutes(1, 0.2, false);
        assertThat(cost()).isCloseTo(0.2, within(1e-12));
        assertThat(planned()).isCloseTo(0.22, within(1e-12));
    }

    @Test
    void manyModelsNeedMoreSamples() {
        List<String> twenty =
                java.util.stream.IntStream.range(0, 20).mapToObj(k -> "m" + k).toList();
        assertThat(new CostLearning(twenty, new MeanCost()).costs())
                .isEqualTo(new CostEstimate.Unknown("0 of 80 samples of 5 min with requests are there"));
    }

    @Test
    void readingsThatAreNotWholeOrSayNothingAreLeftOut() {
        for (int k = 0; k < 200; k++) {
            learning.observe(now, Map.of(), OptionalDouble.of(0.5), 10, false);
            learning.observe(now, Map.of(MODEL, 20.0), OptionalDouble.empty(), 10, false);
            learning.observe(now, Map.of(MODEL, 20.0), OptionalDouble.of(Double.NaN), 10, false);
            learning.observe(now, Map.of(MODEL, 20.0), OptionalDouble.of(0.5), 0, false);
            learning.observe(now, Map.of(MODEL, 0.0), OptionalDouble.of(0.5), 10, false);
            learning.observe(now, Map.of(MODEL, -1.0), OptionalDouble.of(0.5), 10, false);
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(learning.costs())
                .isEqualTo(new CostEstimate.Unknown("0 of 12 samples of 5 min with requests are there"));
    }

    @Test
    void whatCannotBeLearnedSaysWhyAndIsTriedAgain() {
        minutes(70, 0, false);
        assertThat(learning.costs()).isEqualTo(new CostEstimate.Unknown("utilization is always 0"));
        minutes(70, 0.2, false);
        assertThat(learning.costs()).isInstanceOf(CostEstimate.Known.class);
    }

    @Test
    void learningWaitsUntilItIsAskedFor() {
        for (int k = 0; k < 80; k++) {
            learning.observe(now, Map.of(MODEL, 20.0), OptionalDouble.of(0.4), 10, false);
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(learning.isLearningDue()).isTrue();
        assertThat(learning.costs()).isInstanceOf(CostEstimate.Unknown.class);
        learning.learn();
        assertThat(learning.isLearningDue()).isFalse();
        assertThat(cost()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void costsAreLearnedAgainEveryHour() {
        minutes(61, 0.2, false);
        minutes(59, 0.4, false);
        assertThat(cost()).isCloseTo(0.2, within(1e-12));
        minutes(5, 0.4, false);
        assertThat(cost()).isBetween(0.29, 0.31);
    }

    /** conformance.md 8, scenario 12. The canary needs five times as long for a request and has a tenth of the pods, for four hours. */
    @Test
    void scenario12ACanaryWithLowerThroughputPerPodDoesNotPoisonTheEstimate() {
        minutes(180, 0.2, false);
        CostEstimate before = learning.costs();
        double mixture = 0.9 * 0.2 + 0.1 * 1.0;

        minutes(240, mixture, true);

        assertThat(learning.costs()).isEqualTo(before);

        // It is rolled back: the estimate is right still, and wider until that has been seen.
        minutes(1, 0.2, false);
        assertThat(cost()).isCloseTo(0.2, within(1e-12));
        assertThat(known().widened()).isEqualTo(0.25);
        assertThat(planned()).isCloseTo(0.2 * 1.25, within(1e-12));
        minutes(30, 0.2, false);
        // 6 of 12 samples: half way from 25 % to 10 %
        assertThat(planned()).isCloseTo(0.2 * 1.175, within(1e-12));
        minutes(35, 0.2, false);
        assertThat(known().widened()).isZero();
        assertThat(cost()).isCloseTo(0.2, within(1e-12));
        assertThat(planned()).isCloseTo(0.22, within(1e-12));
    }

    @Test
    void afterARolloutTheNewVersionIsLearnedFromItsOwnSamples() {
        minutes(180, 0.2, false);
        minutes(10, 0.5, true);
        minutes(66, 0.8, false);

        assertThat(cost()).isCloseTo(0.8, within(1e-12));
        assertThat(known().widened()).isZero();
    }

    @Test
    void aSampleIntoWhichARolloutFallsIsDropped() {
        minutes(58, 0.2, false);
        minutes(1, 9, true);
        assertThat(learning.costs())
                .isEqualTo(new CostEstimate.Unknown("11 of 12 samples of 5 min with requests are there"));
    }

    @Test
    void atMostTwoDaysOfSamplesAreKept() throws IOException {
        minutes(10 * 24 * 60, 0.2, false);

        assertThat(known().learned().samples()).isEqualTo(CostLearning.MOST_SAMPLES);
        assertThat(written(learning)).hasSizeLessThan(20_000);
    }

    @Test
    void whatWasLearnedOutlivesARestart() throws IOException {
        minutes(180, 0.2, false);
        CostLearning restored = new CostLearning(List.of(MODEL), new MeanCost());

        restored.readFrom(in(written(learning)));

        assertThat(restored.costs()).isEqualTo(learning.costs());
        learning = restored;
        minutes(120, 0.4, false);
        assertThat(cost()).isBetween(0.21, 0.39);
    }

    @Test
    void aRolloutAtTheTimeOfARestartWidensToo() throws IOException {
        minutes(180, 0.2, false);
        minutes(3, 0.2, true);
        CostLearning restored = new CostLearning(List.of(MODEL), new MeanCost());

        restored.readFrom(in(written(learning)));

        assertThat(((CostEstimate.Known) restored.costs()).widened()).isGreaterThan(0);
    }

    @Test
    void aStateOfOtherModelsOrNoStateIsRefusedAndChangesNothing() throws IOException {
        minutes(180, 0.2, false);
        byte[] state = written(learning);
        CostLearning other = new CostLearning(List.of("other"), new MeanCost());

        assertThatThrownBy(() -> other.readFrom(in(state)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is of the models [chat]");
        assertThatThrownBy(() -> other.readFrom(in(new byte[3]))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> other.readFrom(in(new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessage("it has another format");
        assertThat(other.costs()).isInstanceOf(CostEstimate.Unknown.class);
    }

    private static byte[] written(CostLearning learning) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        learning.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}

package dev.prescale.adapter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.capacity.CostLearner.Learned;
import dev.prescale.capacity.CostLearner.Undetermined;
import dev.prescale.capacity.CostSample;
import dev.prescale.capacity.LearnedCosts;
import dev.prescale.testing.CostTraffic;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TribuoCostLearnerTest {
    private final TribuoCostLearner learner = new TribuoCostLearner();

    /** The error is one of 95 %: nine of ten at the least must be within it, and all of them near it. */
    private void assertMostlyRecovered(LongFunction<CostTraffic> traffics) {
        int within = 0;
        int all = 0;
        for (long seed = 0; seed < 40; seed++) {
            CostTraffic traffic = traffics.apply(seed);
            LearnedCosts learned = learned(traffic, 288);
            for (String model : traffic.models()) {
                double error = learned.errors().busySeconds().get(model);
                double difference = Math.abs(learned.costs().busySeconds().get(model) - traffic.cost(model));
                assertThat(difference).as("seed %d, cost of %s", seed, model).isLessThan(2.5 * error);
                within += difference <= error ? 1 : 0;
                all++;
            }
        }
        assertThat(within).isGreaterThan(all * 9 / 10);
    }

    @Test
    void costsAreRecoveredWithinTheirErrors() {
        assertMostlyRecovered(seed -> CostTraffic.seeded(seed)
                .model("llama-8b", 0.08, 40)
                .model("llama-70b", 0.9, 3)
                .model("whisper", 0.3, 5)
                .noise(0.1));
    }

    @Test
    void correlatedModelsAreToldApartByWhatTheyVaryOnTheirOwn() {
        assertMostlyRecovered(seed -> CostTraffic.seeded(seed)
                .model("a", 0.2, 20)
                .model("b", 1.0, 4)
                .ownVariation(0.1)
                .noise(0.02));
    }

    @Test
    void outliersDoNotMoveTheCosts() {
        assertMostlyRecovered(seed -> CostTraffic.seeded(seed)
                .model("a", 0.2, 20)
                .model("b", 1.0, 4)
                .noise(0.05)
                .outliers(0.05));
        LearnedCosts learned =
                learned(CostTraffic.seeded(1).model("a", 0.2, 20).noise(0.05).outliers(0.05), 288);
        assertThat(learned.samples()).isLessThan(288);
        assertThat(learned.errorBar()).isLessThan(0.05);
    }

    @Test
    void tenModelsAreRecoveredToo() {
        assertMostlyRecovered(seed -> {
            CostTraffic traffic = CostTraffic.seeded(seed).noise(0.05);
            for (int k = 1; k <= 10; k++) {
                traffic.model("m" + k, 0.1 * k, 20.0 / k);
            }
            return traffic;
        });
    }

    /** Nobody can tell the two apart; what they cost together at their ratio is known nevertheless. */
    @Test
    void theWorkOfModelsThatKeepOneRatioIsRecoveredAsLongAsTheyKeepIt() {
        CostTraffic traffic = CostTraffic.seeded(1)
                .model("a", 0.2, 20)
                .model("b", 1.0, 4)
                .ownVariation(0)
                .noise(0.05);

        LearnedCosts learned = learned(traffic, 288);

        // 20 x 0.2 + 4 x 1.0
        double work = learned.costs().work(Map.of("a", 20.0, "b", 4.0)).orElseThrow();
        assertThat(work).isCloseTo(8, within(8 * learned.errorBar()));
        assertThat(learned.costs().busySeconds().values()).allMatch(cost -> cost > 0);
    }

    @Test
    void aModelThatCostsNothingIsLeftOut() {
        CostTraffic traffic =
                CostTraffic.seeded(2).model("a", 0.2, 20).model("free", 0, 50).noise(0.1);

        LearnedCosts learned = learned(traffic, 288);

        assertThat(learned.costs().busySeconds().get("free")).isLessThan(0.2 * 0.02);
        assertRecovered(traffic, learned);
    }

    /** Not 0: a model whose first requests come tomorrow would be served by nothing. */
    @Test
    void aModelWithoutARequestIsChargedWhatTheDearestCosts() {
        CostTraffic traffic = CostTraffic.seeded(3)
                .model("a", 0.2, 20)
                .model("b", 1.0, 4)
                .model("unused", 5, 0)
                .noise(0.05);

        LearnedCosts learned = learned(traffic, 288);

        double dearest = learned.costs().busySeconds().get("b");
        assertThat(learned.costs().busySeconds().get("unused")).isEqualTo(dearest);
        assertThat(learned.errors().busySeconds().get("unused")).isEqualTo(dearest);
        assertThat(learned.errorBar()).isLessThan(0.1);
    }

    @Test
    void moreNoiseMeansAWiderErrorBar() {
        assertThat(errorBar(0.6, 288)).isGreaterThan(2 * errorBar(0.1, 288));
    }

    @Test
    void moreSamplesMeanANarrowerErrorBar() {
        assertThat(errorBar(0.6, 576)).isLessThan(errorBar(0.6, 36));
    }

    private double errorBar(double noise, int samples) {
        return LongStream.range(0, 5)
                .mapToDouble(seed -> learned(
                                CostTraffic.seeded(seed).model("a", 0.2, 20).noise(noise), samples)
                        .errorBar())
                .average()
                .orElseThrow();
    }

    @Test
    void withoutRequestsOrUtilizationNothingIsLearned() {
        List<CostSample> idle = CostTraffic.seeded(1).model("a", 0.2, 0).samples(50);
        List<CostSample> unmeasured = CostTraffic.seeded(1).model("a", 0, 20).samples(50);
        List<CostSample> few = CostTraffic.seeded(1).model("a", 0.2, 20).samples(7);

        assertThat(learner.learn(List.of("a"), idle)).isInstanceOf(Undetermined.class);
        assertThat(learner.learn(List.of("a"), unmeasured))
                .isEqualTo(new Undetermined("utilization does not rise with the requests"));
        assertThat(learner.learn(List.of("a"), few)).isInstanceOf(Undetermined.class);
    }

    @Test
    void theSameSamplesGiveTheSameVersionAndOthersAnother() {
        LearnedCosts once = learned(CostTraffic.seeded(1).model("a", 0.2, 20).noise(0.1), 50);
        LearnedCosts again = learned(CostTraffic.seeded(1).model("a", 0.2, 20).noise(0.1), 50);
        LearnedCosts other = learned(CostTraffic.seeded(2).model("a", 0.2, 20).noise(0.1), 50);

        assertThat(again).isEqualTo(once);
        assertThat(other.version()).isNotEqualTo(once.version());
        assertThat(once.version()).matches("[0-9a-f]{12}");
        assertThat(once.provenance())
                .startsWith("Tribuo 4.3.2, ElasticNetCDTrainer(alpha=0.001,l1Ratio=0.5,")
                .endsWith("50 of 50 samples from 2024-01-01T00:00:00Z to 2024-01-01T04:05:00Z");
    }

    private LearnedCosts learned(CostTraffic traffic, int samples) {
        return ((Learned) learner.learn(traffic.models(), traffic.samples(samples))).costs();
    }

    private static void assertRecovered(CostTraffic traffic, LearnedCosts learned) {
        for (String model : traffic.models()) {
            assertThat(learned.costs().busySeconds().get(model))
                    .as("cost of %s", model)
                    .isCloseTo(
                            traffic.cost(model),
                            within(learned.errors().busySeconds().get(model)));
        }
    }
}

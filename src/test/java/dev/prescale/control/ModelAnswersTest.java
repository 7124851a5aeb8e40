package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Answer;
import dev.prescale.control.RateHistory.Empty;
import dev.prescale.control.RateHistory.Failed;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleKind;
import dev.prescale.testing.Specs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelAnswersTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(240);
    private static final List<Query> QUERIES = List.of(query("small"), query("large"));

    @Test
    void aModelThatWasNotCountedWhereAnotherWasHadNoRequest() {
        List<Answer> complete = complete(SampleKind.COUNT, samples(1, 2, Double.NaN, 4), new Empty());

        assertThat(complete).containsExactly(samples(1, 2, Double.NaN, 4), samples(0, 0, Double.NaN, 0));
    }

    @Test
    void aGapOfARateOrACounterStaysAGap() {
        assertThat(complete(SampleKind.RATE, samples(1, 2, 3, 4), new Empty()))
                .last()
                .isEqualTo(new Empty());
        assertThat(complete(SampleKind.COUNTER, samples(1, 2, 3, 4), new Empty()))
                .last()
                .isEqualTo(new Empty());
    }

    @Test
    void whatCouldNotBeReadIsNoZero() {
        assertThat(complete(SampleKind.COUNT, samples(1, 2, 3, 4), new Failed("refused")))
                .last()
                .isEqualTo(new Failed("refused"));
    }

    @Test
    void whereNoModelWasCountedNothingIsKnown() {
        assertThat(complete(SampleKind.COUNT, new Empty(), new Empty())).containsExactly(new Empty(), new Empty());
    }

    private static List<Answer> complete(SampleKind kind, Answer... answers) {
        return ModelAnswers.complete(List.of(answers), QUERIES, kind, NOW);
    }

    private static Samples samples(double... rates) {
        return new Samples(RateSeries.of(NOON, Specs.MINUTE, rates));
    }

    private static Query query(String model) {
        return new Query(Specs.countsOf(model), NOON, NOW);
    }
}

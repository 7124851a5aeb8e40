package dev.prescale.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingTracesTest {
    @Test
    void aDrawnStoryIsTheSameWithTheSameSeedAndAnotherWithAnother() {
        String once = new DrawnTraffic("drawn", 1).generate().csv();
        assertThat(new DrawnTraffic("drawn", 1).generate().csv()).isEqualTo(once);
        assertThat(new DrawnTraffic("drawn", 2).generate().csv()).isNotEqualTo(once);
    }

    @Test
    void furtherDrawsOfTheBundledStoriesAreOtherTraffic() {
        assertThat(TraceGenerator.all(1)).hasSameSizeAs(TraceGenerator.all());
        assertThat(TraceGenerator.all(1).getFirst().generate().csv())
                .isNotEqualTo(TraceGenerator.all().getFirst().generate().csv());
    }
}

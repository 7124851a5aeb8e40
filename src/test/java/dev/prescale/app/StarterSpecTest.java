package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.TuningKnob;
import dev.prescale.backtest.TuningSettings;
import dev.prescale.config.SpecEdit;
import dev.prescale.config.SpecText;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StarterSpecTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void isWhatTheTraceIsReplayedUnder() {
        EndpointSpec replayed = spec(ZoneId.of("Europe/Berlin"));
        EndpointSpec read = read(StarterSpec.of(replayed));
        assertThat(read.policy()).isEqualTo(replayed.policy());
        assertThat(read.id()).isEqualTo(replayed.id());
        assertThat(read.calendar()).isEqualTo(replayed.calendar());
        assertThat(read.traffic()).isEqualTo(replayed.traffic());
        assertThat(read.history()).isEqualTo(replayed.history());
    }

    @Test
    void utcIsATimeZoneToo() {
        assertThat(read(StarterSpec.of(spec(ZoneOffset.UTC))).calendar().zone().normalized())
                .isEqualTo(ZoneOffset.UTC);
    }

    /** Every key that is tuned is read again as it was meant, from a text that has none of them or all. */
    @Test
    void everyTunedKeyIsReadAgainAsItWasWritten() {
        EndpointSpec from = spec(ZoneOffset.UTC);
        EndpointSpec to = from;
        for (TuningKnob knob : TuningKnob.values()) {
            double value = knob.unit() == TuningKnob.Unit.FRACTION ? 0.625 : 240;
            to = new TuningSettings(Map.of(knob, value)).in(to);
        }
        String text = StarterSpec.of(from);
        Map<String, Object> changes = TunedKeys.changes(from, to);
        assertThat(changes).hasSize(TuningKnob.values().length + 1).containsKey("spec.predictive.leadTime.initial");
        EndpointSpec read = read(SpecEdit.apply(text, changes).text());
        assertThat(read.policy()).isEqualTo(to.policy());
        assertThat(TunedKeys.changes(read, to)).isEmpty();
    }

    private static EndpointSpec spec(ZoneId zone) {
        double[] rates = new double[100];
        Arrays.setAll(rates, k -> 1.1 + k / 7.0);
        return TraceSpecs.of(
                new Trace("007", RateSeries.of(START, Trace.MINUTE, rates)), START.plusSeconds(6_000), zone);
    }

    private static EndpointSpec read(String text) {
        SpecText read = SpecText.read("starter.yaml", text);
        assertThat(read.faults()).isEmpty();
        return Objects.requireNonNull(read.documents().getFirst().spec());
    }
}

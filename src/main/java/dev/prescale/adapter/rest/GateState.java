package dev.prescale.adapter.rest;

import dev.prescale.accuracy.GateStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the health gate says of a forecast.
 *
 * @param state {@code Trusted} or {@code Distrusted}
 * @param since when the state last changed
 * @param loss rolling pinball loss (req/s), null where not known
 * @param bestBaseline the baseline with the least loss, null where not known
 */
record GateState(
        String state,
        Instant since,
        @Nullable Double loss,
        @Nullable String bestBaseline,
        @Nullable Double baselineLoss) {
    static GateState of(GateStatus gate) {
        return new GateState(
                gate.state().wireName(),
                gate.since(),
                Wire.finiteOrNull(gate.loss()),
                gate.bestBaseline().isEmpty() ? null : gate.bestBaseline(),
                Wire.finiteOrNull(gate.baselineLoss()));
    }
}

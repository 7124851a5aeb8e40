package dev.prescale.series;

import java.time.Instant;

/**
 * One observation as a source delivers it.
 *
 * @param at instant of the observation
 * @param value finite, not negative; its meaning is told by the {@link SampleKind}
 */
public record Sample(Instant at, double value) {
    public Sample {
        Require.that(value >= 0 && value < Double.POSITIVE_INFINITY, "value must be finite and >= 0, was %s", value);
    }
}

package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalKind;
import dev.prescale.control.Signals;
import java.time.Instant;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One number for KEDA's metrics-api scaler ({@code valueLocation: value}) and the like.
 *
 * @param unit {@code req/s}, {@code busy replicas} where costs differ by model, or {@code replicas}
 * @param target what one replica is to have of it; null where it is not the same for each
 * @param at time of the cycle that it comes from
 */
@Schema(name = "MetricValue")
record MetricValue(
        double value, String metric, String unit, @Nullable Double target, Instant at) {
    static MetricValue of(EndpointSpec spec, SignalKind kind, Signal.Known signal) {
        OptionalDouble target = Signals.target(spec, kind);
        return new MetricValue(
                signal.value(),
                kind.wireName(),
                kind == SignalKind.REPLICAS
                        ? kind.wireName()
                        : spec.policy().capacity().unit().wireName(),
                target.isPresent() ? target.getAsDouble() : null,
                signal.at());
    }
}

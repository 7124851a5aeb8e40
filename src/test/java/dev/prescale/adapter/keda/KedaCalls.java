package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.GetMetricsRequest;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.adapter.keda.wire.MetricSpec;
import dev.prescale.adapter.keda.wire.MetricValue;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Calls an external scaler as KEDA v2.21.0 does ({@code pkg/scalers/external_scaler.go}, {@code controllers/keda/hpa.go}), with time given
 * by the test.
 */
final class KedaCalls {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final ExternalScalerGrpc.ExternalScalerBlockingStub scaler;
    private final ScaledObjectRef trigger;

    /** What KEDA knows of a trigger after one read. */
    record Reading(double value, boolean isActive) {}

    KedaCalls(Channel channel, ScaledObjectRef trigger) {
        this.scaler = ExternalScalerGrpc.newBlockingStub(channel);
        this.trigger = trigger;
    }

    GetMetricSpecResponse spec() {
        return scaler.getMetricSpec(trigger);
    }

    /** Per replica; the whole number counts only where the other one is not above 0. */
    static double target(MetricSpec spec) {
        return spec.getTargetSizeFloat() > 0 ? spec.getTargetSizeFloat() : spec.getTargetSize();
    }

    /** An error in either call fails the trigger. */
    Reading read(String metric) {
        MetricValue value = scaler.getMetrics(GetMetricsRequest.newBuilder()
                        .setScaledObjectRef(trigger)
                        .setMetricName(metric)
                        .build())
                .getMetricValues(0);
        boolean isActive = scaler.isActive(trigger).getResult();
        return new Reading(
                value.getMetricValueFloat() > 0 ? value.getMetricValueFloat() : value.getMetricValue(), isActive);
    }

    /**
     * Follows the activity until so many waits are over; returns how long it waited before each new attempt. An orderly end resets the
     * waiting, nothing else does.
     */
    List<Duration> followActivity(int waits, Consumer<Boolean> active) {
        return retry(waits, () -> {
            try {
                Iterator<IsActiveResponse> stream = scaler.streamIsActive(trigger);
                stream.forEachRemaining(state -> active.accept(state.getResult()));
                return Outcome.RESET;
            } catch (StatusRuntimeException fault) {
                return Outcome.GROW;
            }
        });
    }

    /** Likewise for targets. An update resets the waiting too; who does not know the call is not asked again. */
    List<Duration> followSpec(int waits, Consumer<GetMetricSpecResponse> changed) {
        return retry(waits, () -> {
            boolean[] received = new boolean[1];
            try {
                scaler.streamMetricSpec(trigger).forEachRemaining(spec -> {
                    received[0] = true;
                    changed.accept(spec);
                });
                return Outcome.RESET;
            } catch (StatusRuntimeException fault) {
                return fault.getStatus().getCode() == Status.Code.UNIMPLEMENTED
                        ? Outcome.STOP
                        : received[0] ? Outcome.RESET : Outcome.GROW;
            }
        });
    }

    private enum Outcome {
        RESET,
        GROW,
        STOP
    }

    @FunctionalInterface
    private interface Attempt {
        Outcome run();
    }

    private static List<Duration> retry(int waits, Attempt attempt) {
        List<Duration> waited = new ArrayList<>();
        Duration next = FIRST_RETRY;
        Predicate<Outcome> isStop = Outcome.STOP::equals;
        Outcome outcome = attempt.run();
        while (!isStop.test(outcome) && waited.size() < waits) {
            if (outcome == Outcome.RESET) {
                next = FIRST_RETRY;
            }
            waited.add(next);
            next = next.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : next.multipliedBy(2);
            outcome = attempt.run();
        }
        return waited;
    }
}

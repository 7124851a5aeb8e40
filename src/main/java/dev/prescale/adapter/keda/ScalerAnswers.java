package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.GetMetricsRequest;
import dev.prescale.adapter.keda.wire.GetMetricsResponse;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.adapter.keda.wire.MetricSpec;
import dev.prescale.adapter.keda.wire.MetricValue;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.config.ReadResult;
import dev.prescale.config.ScalerReference;
import dev.prescale.config.ScalerReferenceReader;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import dev.prescale.control.Signals;
import dev.prescale.control.Signals.Activity;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What KEDA is answered, from specifications and what the last cycles left. What cannot be vouched for is an error, never 0: then the
 * ScaledObject's {@code fallback} applies. Safe for use by many threads.
 */
final class ScalerAnswers {
    /** KEDA strips it before it asks ({@code pkg/scalers/scaler.go}); others may not. */
    private static final Pattern PREFIX_OF_KEDA = Pattern.compile("^s[0-9]{1,4}-");

    private final EndpointFinder endpoints;
    private final SignalBoard board;
    private final InstantSource clock;

    ScalerAnswers(EndpointFinder endpoints, SignalBoard board, InstantSource clock) {
        this.endpoints = endpoints;
        this.board = board;
        this.clock = clock;
    }

    /** What a trigger asks for. */
    Answer<ScalerReference> reference(ScaledObjectRef asked) {
        return switch (ScalerReferenceReader.read(
                asked.getNamespace(), asked.getName(), asked.getScalerMetadataMap())) {
            case ReadResult.Valid<ScalerReference>(ScalerReference reference) -> new Answer.Given<>(reference);
            case ReadResult.Invalid<ScalerReference>(var faults) -> Answer.invalid(faults);
        };
    }

    /** The metric and its target, from configuration alone. */
    Answer<GetMetricSpecResponse> metricSpec(ScalerReference reference) {
        return offered(reference).then(spec -> {
            double target = Signals.target(spec, reference.metric()).orElseThrow();
            return new Answer.Given<>(GetMetricSpecResponse.newBuilder()
                    .addMetricSpecs(describe(reference.metric(), target))
                    .build());
        });
    }

    @SuppressWarnings("deprecation") // readers older than targetSizeFloat
    private static MetricSpec describe(SignalKind metric, double target) {
        return MetricSpec.newBuilder()
                .setMetricName(metric.wireName())
                .setTargetSizeFloat(target)
                .setTargetSize(Math.max(1, Math.round(target)))
                .build();
    }

    /** The value of the metric that {@link #metricSpec} names. */
    Answer<GetMetricsResponse> metrics(GetMetricsRequest request) {
        if (!request.hasScaledObjectRef()) {
            return Answer.refused(Status.INVALID_ARGUMENT, "scaledObjectRef is required");
        }
        return reference(request.getScaledObjectRef())
                .then(reference -> offered(reference).then(spec -> value(request.getMetricName(), reference, spec)));
    }

    private Answer<GetMetricsResponse> value(String asked, ScalerReference reference, EndpointSpec spec) {
        String metric = reference.metric().wireName();
        if (!PREFIX_OF_KEDA.matcher(asked).replaceFirst("").equals(metric)) {
            return Answer.refused(
                    Status.INVALID_ARGUMENT,
                    "metricName must be %s, as GetMetricSpec says for this trigger, was %s"
                            .formatted(metric, shortened(asked)));
        }
        return switch (board.at(spec.id(), reference.metric(), clock.instant())) {
            case Signal.Known known ->
                new Answer.Given<>(GetMetricsResponse.newBuilder()
                        .addMetricValues(describe(asked, known.value()))
                        .build());
            case Signal.Unknown unknown -> refused(unknown);
        };
    }

    @SuppressWarnings("deprecation") // readers older than metricValueFloat
    private static MetricValue describe(String name, double value) {
        return MetricValue.newBuilder()
                .setMetricName(name)
                .setMetricValueFloat(value)
                .setMetricValue((long) Math.ceil(value))
                .build();
    }

    /** Whether there is or will soon be something to serve. */
    Answer<IsActiveResponse> activity(ScalerReference reference) {
        return endpoints.find(reference).then(spec -> switch (board.activityAt(
                spec.id(), reference.metric(), reference.activationLead().orElse(null), clock.instant())) {
            case Activity.Told told ->
                new Answer.Given<>(
                        IsActiveResponse.newBuilder().setResult(told.isActive()).build());
            case Activity.NotTold(Signal.Unknown why) -> refused(why);
        });
    }

    /** The endpoint, where its specification has that metric and a target for it. */
    private Answer<EndpointSpec> offered(ScalerReference reference) {
        return endpoints.find(reference).then(spec -> {
            var whyNot = Signals.whyNotOffered(spec, reference.metric());
            if (whyNot.isPresent()) {
                return Answer.refused(Status.FAILED_PRECONDITION, whyNot.get());
            }
            OptionalDouble target = Signals.target(spec, reference.metric());
            return target.isPresent()
                    ? new Answer.Given<>(spec)
                    : Answer.refused(
                            Status.FAILED_PRECONDITION,
                            "What one replica of %s serves is not the same for each with its capacity model, so that demand has no target; use metric: %s."
                                    .formatted(spec.id(), SignalKind.REPLICAS.wireName()));
        });
    }

    /** Soon worth asking again, or not before somebody has done something. */
    private static <T> Answer<T> refused(Signal.Unknown unknown) {
        return Answer.refused(
                unknown.cause().isPassing() ? Status.UNAVAILABLE : Status.FAILED_PRECONDITION, unknown.reason());
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}

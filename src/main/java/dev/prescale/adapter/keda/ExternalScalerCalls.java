package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.PushStream.State;
import dev.prescale.adapter.keda.ScalerMeters.Method;
import dev.prescale.adapter.keda.wire.ExternalScalerGrpc.ExternalScalerImplBase;
import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.GetMetricsRequest;
import dev.prescale.adapter.keda.wire.GetMetricsResponse;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.config.ScalerReference;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of KEDA's contract: answers, streams, meters and the log, each at once and on the thread that asks. */
class ExternalScalerCalls extends ExternalScalerImplBase {
    /** Heals a client that has missed a state, and finds out about one that is dead. */
    static final Duration REPEAT_AFTER = Duration.ofMinutes(1);

    private final ScalerAnswers answers;
    private final OpenStreams streams;
    private final ScalerMeters meters;
    private final RefusalLog refusals;

    ExternalScalerCalls(ScalerAnswers answers, OpenStreams streams, ScalerMeters meters, RefusalLog refusals) {
        this.answers = answers;
        this.streams = streams;
        this.meters = meters;
        this.refusals = refusals;
    }

    @Override
    public void getMetricSpec(ScaledObjectRef trigger, StreamObserver<GetMetricSpecResponse> client) {
        answer(Method.GET_METRIC_SPEC, trigger, answers.reference(trigger).then(answers::metricSpec), client);
    }

    @Override
    public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> client) {
        answer(Method.GET_METRICS, request.getScaledObjectRef(), answers.metrics(request), client);
    }

    @Override
    public void isActive(ScaledObjectRef trigger, StreamObserver<IsActiveResponse> client) {
        answer(Method.IS_ACTIVE, trigger, answers.reference(trigger).then(answers::activity), client);
    }

    @Override
    public void streamIsActive(ScaledObjectRef trigger, StreamObserver<IsActiveResponse> client) {
        push(Method.STREAM_IS_ACTIVE, trigger, answers::activity, REPEAT_AFTER, client);
    }

    @Override
    public void streamMetricSpec(ScaledObjectRef trigger, StreamObserver<GetMetricSpecResponse> client) {
        push(Method.STREAM_METRIC_SPEC, trigger, answers::metricSpec, null, client);
    }

    private <T> void answer(Method method, ScaledObjectRef trigger, Answer<T> answer, StreamObserver<T> client) {
        switch (answer) {
            case Answer.Given<T>(T value) -> {
                meters.count(method, Status.Code.OK);
                refusals.answered(method, trigger);
                client.onNext(value);
                client.onCompleted();
            }
            case Answer.Refused<T>(Status status) -> refuse(method, trigger, status, client);
        }
    }

    /** A stream is refused at once where asking is wrong or nobody is meant, and stays silent while its state cannot be told. */
    private <T> void push(
            Method method,
            ScaledObjectRef trigger,
            Function<ScalerReference, Answer<T>> state,
            @Nullable Duration repeatAfter,
            StreamObserver<T> client) {
        Answer<ScalerReference> reference = answers.reference(trigger);
        switch (reference.then(state)) {
            case Answer.Refused<T>(Status status)
            when isLasting(method, status) -> refuse(method, trigger, status, client);
            case Answer.Refused<T> ignored -> open(method, reference, state, repeatAfter, client);
            case Answer.Given<T> ignored -> {
                refusals.answered(method, trigger);
                open(method, reference, state, repeatAfter, client);
            }
        }
    }

    private <T> void open(
            Method method,
            Answer<ScalerReference> reference,
            Function<ScalerReference, Answer<T>> state,
            @Nullable Duration repeatAfter,
            StreamObserver<T> client) {
        streams.open(
                (ServerCallStreamObserver<T>) client,
                () -> stateOf(method, reference.then(state)),
                repeatAfter,
                status -> meters.count(method, status.getCode()));
    }

    private static <T> State<T> stateOf(Method method, Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T>(T value) -> new State.Known<>(value);
            case Answer.Refused<T>(Status status) when isLasting(method, status) -> new State.Gone<>();
            case Answer.Refused<T> ignored -> new State.Unknown<>();
        };
    }

    /** Whether a stream has nothing to wait for. Activity comes back by itself with the forecast; a specification does not. */
    private static boolean isLasting(Method method, Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE -> false;
            case FAILED_PRECONDITION -> method == Method.STREAM_METRIC_SPEC;
            default -> true;
        };
    }

    private <T> void refuse(Method method, ScaledObjectRef trigger, Status status, StreamObserver<T> client) {
        meters.count(method, status.getCode());
        refusals.refused(method, trigger, status);
        client.onError(status.asException());
    }
}

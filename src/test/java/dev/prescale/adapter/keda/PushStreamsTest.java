package dev.prescale.adapter.keda;

import static dev.prescale.adapter.keda.ScalerFixture.trigger;
import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static dev.prescale.testing.Specs.aPolicy;
import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.GetMetricSpecResponse;
import dev.prescale.adapter.keda.wire.IsActiveResponse;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushStreamsTest {
    private final ScalerFixture scaler = new ScalerFixture();

    @AfterEach
    void close() {
        scaler.close();
    }

    @Test
    void activityComesAtOnceAndThenWhenItChanges() {
        scaler.cycle(idleUntilTwentyPast("chat").build());
        Iterator<IsActiveResponse> stream = activity();
        assertThat(stream.next().getResult()).isFalse();

        scaler.ticks.tick(); // nothing new: nothing is sent
        scaler.now = NOON.plusSeconds(1100);
        scaler.cycle(idleUntilTwentyPast("chat").at(scaler.now).build());
        scaler.ticks.tick();

        assertThat(stream.next().getResult()).isTrue();
    }

    @Test
    void itIsSilentWhileItCannotBeTold() throws InterruptedException {
        scaler.specify(anEndpoint("chat"));
        Iterator<IsActiveResponse> stream = activity();
        scaler.ticks.awaitRunning(1);
        scaler.ticks.tick();

        scaler.cycle(aSnapshot("chat").build());
        scaler.ticks.tick();

        assertThat(stream.next().getResult()).isTrue();
        assertThat(scaler.log).isEmpty();
    }

    /** A client that has missed a state is healed, and a dead connection is found out. */
    @Test
    void aStateIsRepeatedEveryMinute() {
        RecordedClient<IsActiveResponse> client = new RecordedClient<>();
        long[] nanos = new long[1];
        PushStream<IsActiveResponse> stream = new PushStream<>(
                client,
                () -> new PushStream.State.Known<>(IsActiveResponse.getDefaultInstance()),
                Duration.ofMinutes(1),
                () -> nanos[0],
                status -> {});
        for (int second = 0; second <= 120; second++) {
            nanos[0] = Duration.ofSeconds(second).toNanos();
            stream.look();
        }

        assertThat(client.received).hasSize(3);
    }

    @Test
    void aTargetComesAtOnceAndThenWithEachConfiguration() {
        scaler.specify(anEndpoint("chat"));
        ExternalScalerGrpc.ExternalScalerBlockingStub keda = ExternalScalerGrpc.newBlockingStub(scaler.channel());
        Iterator<GetMetricSpecResponse> stream = keda.streamMetricSpec(trigger("chat"));
        assertThat(stream.next().getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(10);

        scaler.ticks.tick();
        scaler.specify(anEndpoint("chat", aPolicy(new RatePerReplica(25, 1.0))));
        scaler.ticks.tick();
        GetMetricSpecResponse streamed = stream.next();

        assertThat(streamed.getMetricSpecs(0).getTargetSizeFloat()).isEqualTo(25);
        assertThat(keda.getMetricSpec(trigger("chat"))).isEqualTo(streamed);
    }

    @Test
    void aStreamOfNobodyIsRefused() {
        Iterator<IsActiveResponse> stream = activity();

        assertThatThrownBy(stream::hasNext)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("NOT_FOUND: ");
        assertThat(scaler.streams.count()).isZero();
    }

    @Test
    void streamsEndInOrderWithTheServiceAndNoneIsOpenedAfterwards() {
        scaler.cycle(aSnapshot("chat").build());
        Iterator<IsActiveResponse> stream = activity();
        stream.next();

        scaler.streams.end();
        scaler.ticks.tick();

        assertThat(stream.hasNext()).isFalse();
        assertThat(scaler.ticks.running()).isZero();
        assertThatThrownBy(() -> activity().hasNext())
                .hasMessage("UNAVAILABLE: This replica of Prescale is shutting down.");
    }

    @Test
    void thereIsAMostOfOpenStreams() {
        List<RecordedClient<IsActiveResponse>> clients = new ArrayList<>();
        for (int i = 0; i <= OpenStreams.MOST; i++) {
            RecordedClient<IsActiveResponse> client = new RecordedClient<>();
            clients.add(client);
            scaler.streams.open(
                    client,
                    () -> new PushStream.State.Known<>(IsActiveResponse.getDefaultInstance()),
                    null,
                    status -> {});
        }

        assertThat(clients.getLast().error)
                .hasMessage(
                        "RESOURCE_EXHAUSTED: 2000 streams are open, more than that this replica of Prescale does not serve.");
        assertThat(scaler.streams.count()).isEqualTo(OpenStreams.MOST);
        clients.getFirst().onCancel.run();
        clients.getFirst().onCancel.run();
        assertThat(scaler.streams.count()).isEqualTo(OpenStreams.MOST - 1);
        assertThat(scaler.ticks.running()).isEqualTo(OpenStreams.MOST - 1);
    }

    /** What was not taken is not kept: the newest state is sent when the client reads again. */
    @Test
    void aSlowClientGetsTheNewestStateAndMissesThoseBetween() {
        RecordedClient<IsActiveResponse> client = new RecordedClient<>();
        boolean[] state = {false};
        scaler.streams.open(
                client,
                () -> new PushStream.State.Known<>(
                        IsActiveResponse.newBuilder().setResult(state[0]).build()),
                null,
                status -> {});
        client.isReady = false;
        for (int i = 0; i < 1_000; i++) {
            state[0] = i % 2 == 0;
            scaler.ticks.tick();
        }
        state[0] = true;
        client.isReady = true;
        client.onReady.run();

        assertThat(client.received).extracting(IsActiveResponse::getResult).containsExactly(false, true);
    }

    @Test
    void aClientThatGoesLeavesNothingBehind() throws InterruptedException {
        scaler.cycle(aSnapshot("chat").build());
        Context.CancellableContext call = Context.current().withCancellation();
        call.run(() -> activity().next());

        call.cancel(null);
        scaler.ticks.awaitRunning(0);

        assertThat(scaler.streams.count()).isZero();
        assertThat(scaler.registry
                        .get("prescale.keda.calls")
                        .tags("method", "StreamIsActive", "code", "CANCELLED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private Iterator<IsActiveResponse> activity() {
        return ExternalScalerGrpc.newBlockingStub(scaler.channel()).streamIsActive(trigger("chat"));
    }

    /** No load, a lead-time demand of none, and a forecast of none until 12:20, then 100 req/s. */
    static Snapshots idleUntilTwentyPast(String name) {
        double[][] rates = new double[36][];
        double[][] path = new double[1][36];
        for (int k = 0; k < 36; k++) {
            path[0][k] = k < 2 ? 0 : 100;
            rates[k] = new double[] {path[0][k], path[0][k], path[0][k]};
        }
        Forecast model = Snapshots.aForecast(NOON, 36);
        return aSnapshot(name)
                .requestRate(new RateReading.Known(0))
                .leadTimeDemand(new LeadTimeDemand(
                        NOON, Duration.ofSeconds(135), Snapshots.LEVELS, List.of(0.0, 0.0, 0.0), PeakSource.DIRECT))
                .forecast(new Forecast(
                        NOON,
                        Snapshots.TEN_MINUTES,
                        Snapshots.LEVELS,
                        rates,
                        new ScenarioPaths(path),
                        model.provenance()));
    }

    /** The far end of a stream, without one. */
    private static final class RecordedClient<T> extends ServerCallStreamObserver<T> {
        private final List<T> received = new ArrayList<>();
        private boolean isReady = true;
        private Throwable error;
        private Runnable onReady = () -> {};
        private Runnable onCancel = () -> {};

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
        }

        @Override
        public void setCompression(String compression) {}

        @Override
        public boolean isReady() {
            return isReady;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void onNext(T value) {
            received.add(value);
        }

        @Override
        public void onError(Throwable fault) {
            error = fault;
        }

        @Override
        public void onCompleted() {}
    }

    @Test
    void statusOfAStreamThatWasCancelledIsCounted() {
        List<Status> ends = new ArrayList<>();
        RecordedClient<IsActiveResponse> client = new RecordedClient<>();
        scaler.streams.open(client, PushStream.State.Unknown::new, null, ends::add);

        client.onCancel.run();

        assertThat(ends).extracting(Status::getCode).containsExactly(Status.Code.CANCELLED);
    }
}

package dev.prescale.adapter.keda;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Calls of KEDA, {@code prescale_keda_calls_total{method,code}} (a stream counts when it ends), and {@code prescale_keda_streams}, those
 * that are open. Both labels have fixed values.
 */
public final class ScalerMeters {
    /** One call of the contract. */
    public enum Method {
        GET_METRIC_SPEC("GetMetricSpec"),
        GET_METRICS("GetMetrics"),
        IS_ACTIVE("IsActive"),
        STREAM_IS_ACTIVE("StreamIsActive"),
        STREAM_METRIC_SPEC("StreamMetricSpec");

        private final String wireName;

        Method(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    private record Key(Method method, Status.Code code) {}

    private final MeterRegistry registry;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    /** @param streams how many are open */
    public ScalerMeters(MeterRegistry registry, IntSupplier streams) {
        this.registry = registry;
        Gauge.builder("prescale.keda.streams", streams, IntSupplier::getAsInt)
                .description("Streams of KEDA that are open")
                .strongReference(true)
                .register(registry);
        for (Method method : Method.values()) {
            counter(new Key(method, Status.Code.OK));
        }
    }

    public void count(Method method, Status.Code code) {
        counters.computeIfAbsent(new Key(method, code), this::counter).increment();
    }

    private Counter counter(Key key) {
        return Counter.builder("prescale.keda.calls")
                .description("Calls of KEDA that were answered, and streams that ended")
                .tag("method", key.method().wireName())
                .tag("code", key.code().name())
                .register(registry);
    }
}

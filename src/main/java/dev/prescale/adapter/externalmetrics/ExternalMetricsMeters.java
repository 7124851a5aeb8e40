package dev.prescale.adapter.externalmetrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code prescale_external_metrics_*}: requests by the code of their answer, and until when the server's certificate holds. */
public final class ExternalMetricsMeters {
    private static final int[] CODES = {200, 400, 401, 403, 404, 405, 429, 500, 503};

    private final Map<Integer, Counter> requests = new TreeMap<>();
    private final AtomicLong expires = new AtomicLong();

    public ExternalMetricsMeters(MeterRegistry registry) {
        for (int code : CODES) {
            requests.put(code, registry.counter("prescale.external.metrics.requests", "code", String.valueOf(code)));
        }
        registry.gauge("prescale.external.metrics.certificate.expires.seconds", expires);
    }

    void answered(int code) {
        Counter counter = requests.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    void certificateExpires(Instant at) {
        expires.set(at.getEpochSecond());
    }
}

package dev.prescale.cluster;

import dev.prescale.testing.InfluxServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongToDoubleFunction;

/** Requests of a service, written into InfluxDB as they come and noisy as traffic is; a service without requests has zeros. */
final class LiveTraffic {
    private final InfluxServer influx;
    private final String bucket;
    private final String service;
    private final long interval;
    private final LongToDoubleFunction rate;
    private final Random random = new Random(3);
    private Instant written = Instant.EPOCH;

    /**
     * @param interval of the points, each of which counts the requests since the one before
     * @param rate expected req/s at an epoch second
     */
    LiveTraffic(InfluxServer influx, String bucket, String service, Duration interval, LongToDoubleFunction rate) {
        this.influx = influx;
        this.bucket = bucket;
        this.service = service;
        this.interval = interval.toSeconds();
        this.rate = rate;
    }

    /** Writes all points whose time is over, from so long ago or where the last call ended. */
    synchronized void writeUntil(Instant now, Duration history) {
        Instant from = written.equals(Instant.EPOCH) ? now.minus(history) : written;
        StringBuilder lines = new StringBuilder();
        long at = from.getEpochSecond() / interval * interval;
        for (; at + interval <= now.getEpochSecond(); at += interval) {
            lines.append("http_requests,service=%s count=%di %d000000000%n".formatted(service, count(at), at));
        }
        if (!lines.isEmpty()) {
            influx.write(bucket, lines.toString());
        }
        written = Instant.ofEpochSecond(at);
    }

    private long count(long at) {
        double expected = interval * rate.applyAsDouble(at) * Math.exp(0.08 * random.nextGaussian());
        return Math.max(0, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
    }
}

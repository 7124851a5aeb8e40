package dev.prescale.cluster;

import dev.prescale.testing.InfluxServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Requests of a service per minute, written into InfluxDB as they come: quiet, then a rise within five minutes at the same time of
 * each day, noisy as traffic is. The next rise is minutes away, so that a test need not wait for a day.
 */
final class DailyRise {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MINUTE = 60;
    private static final double QUIET = 20;
    private static final double RISE = 150;
    private static final double RAMP_SECONDS = 300;
    private static final double HOLDS_FOR_SECONDS = 40_000;

    private final InfluxServer influx;
    private final String bucket;
    private final String service;
    private final Instant rise;
    private final Random random = new Random(3);
    private Instant written;

    /** @param rise full minute in which the next rise begins; {@link Instant#MAX} for traffic that stays as it is */
    DailyRise(InfluxServer influx, String bucket, String service, Instant rise) {
        this.influx = influx;
        this.bucket = bucket;
        this.service = service;
        this.rise = rise;
        this.written = Instant.EPOCH;
    }

    /** Writes all minutes that are over, from so long ago or where the last call ended. */
    synchronized void writeUntil(Instant now, Duration history) {
        Instant from = written.equals(Instant.EPOCH) ? now.minus(history) : written;
        long first = from.getEpochSecond() / MINUTE * MINUTE;
        StringBuilder lines = new StringBuilder();
        long at = first;
        for (; at + MINUTE <= now.getEpochSecond(); at += MINUTE) {
            lines.append("http_requests,service=%s count=%di %d000000000%n".formatted(service, count(at), at));
        }
        written = Instant.ofEpochSecond(at);
        if (!lines.isEmpty()) {
            influx.write(bucket, lines.toString());
        }
    }

    private long count(long at) {
        double expected = MINUTE * rate(at) * Math.exp(0.08 * random.nextGaussian());
        return Math.max(0, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
    }

    /** In req/s. */
    private double rate(long at) {
        if (rise.equals(Instant.MAX)) {
            return QUIET;
        }
        long since = Math.floorMod(at - rise.getEpochSecond(), SECONDS_PER_DAY);
        double grown = Math.min(1, since / RAMP_SECONDS);
        return since < HOLDS_FOR_SECONDS ? QUIET + RISE * grown * Math.exp(-since / (HOLDS_FOR_SECONDS / 2)) : QUIET;
    }
}

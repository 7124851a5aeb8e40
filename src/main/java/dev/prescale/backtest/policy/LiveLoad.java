package dev.prescale.backtest.policy;

import dev.prescale.backtest.Trace;
import java.time.Duration;
import java.time.Instant;

/** The load as who scrapes it every second sees it: constant within each minute of the trace. */
final class LiveLoad {
    private static final int MINUTE = 60;

    private final long startSecond;
    private final double[] minutes;

    LiveLoad(Trace trace) {
        this.startSecond = trace.minutes().start().getEpochSecond();
        this.minutes = trace.minutes().rates();
    }

    /** Mean of the samples in {@code [at - window, at)}, req/s; {@code NaN} where there is none. Whole seconds. */
    double meanBefore(Instant at, Duration window) {
        long end = at.getEpochSecond() - startSecond;
        long begin = end - window.toSeconds();
        double sum = 0;
        long seconds = 0;
        long from = begin;
        while (from < end) {
            long minute = Math.floorDiv(from, (long) MINUTE);
            long until = Math.min(end, (minute + 1) * MINUTE);
            double rate = minute < 0 || minute >= minutes.length ? Double.NaN : minutes[(int) minute];
            if (!Double.isNaN(rate)) {
                sum += rate * (until - from);
                seconds += until - from;
            }
            from = until;
        }
        return seconds == 0 ? Double.NaN : sum / seconds;
    }
}

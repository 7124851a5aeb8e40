package dev.prescale.simulation;

import dev.prescale.backtest.Trace;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Traffic drawn from a seed: a level, a day, noise, and what happens at times: crowds, ramps, shifts, silence, gaps. */
final class RandomTraffic {
    private static final int MINUTES_PER_DAY = 1440;

    private final SplittableRandom random;
    private final double level;
    private final double dailySwing;
    private final double noise;
    private final List<Happening> happenings = new ArrayList<>();

    private RandomTraffic(SplittableRandom random, double usual) {
        this.random = random;
        this.level = usual * random.nextDouble(0.1, 0.9);
        this.dailySwing = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.2, 0.95);
        this.noise = random.nextInt(4) == 0 ? 1 : random.nextDouble(0, 0.3);
    }

    /**
     * @param usual req/s around which the level lies
     * @param replayed minutes at the end, in which most of the happenings are
     */
    static Trace trace(SplittableRandom random, double usual, Instant start, int warmUp, int replayed) {
        var traffic = new RandomTraffic(random, usual);
        int minutes = warmUp + replayed;
        int count = random.nextInt(0, 9);
        for (int k = 0; k < count; k++) {
            int from = random.nextInt(4) == 0 ? random.nextInt(0, minutes) : warmUp + random.nextInt(0, replayed);
            traffic.happenings.add(new Happening(
                    Kind.values()[random.nextInt(Kind.values().length)],
                    from,
                    random.nextInt(1, 60),
                    random.nextDouble(1.5, 12)));
        }
        double[] rates = new double[minutes];
        Arrays.setAll(rates, traffic::rateAt);
        rates[0] = traffic.level; // a trace has a sample
        return new Trace("random", RateSeries.of(start, Trace.MINUTE, rates));
    }

    private double rateAt(int minute) {
        double day = 1 - dailySwing * StrictMath.cos(2 * Math.PI * minute / MINUTES_PER_DAY);
        double rate = level * day * (1 + noise * (2 * random.nextDouble() - 1));
        for (Happening happening : happenings) {
            rate = happening.on(rate, minute);
        }
        return rate;
    }

    private enum Kind {
        CROWD,
        RAMP,
        SHIFT,
        FALL,
        SILENCE,
        GAP
    }

    /** @param factor of a crowd, ramp, shift or fall */
    private record Happening(Kind kind, int from, int minutes, double factor) {
        double on(double rate, int minute) {
            int since = minute - from;
            if (since < 0) {
                return rate;
            }
            boolean isOn = since < minutes;
            return switch (kind) {
                case CROWD -> rate * (1 + (factor - 1) * StrictMath.exp(-(double) since / minutes));
                case RAMP -> rate * (1 + (factor - 1) * Math.min(1, (double) since / minutes));
                case SHIFT -> rate * factor;
                case FALL -> rate / factor;
                case SILENCE -> isOn ? 0 : rate;
                case GAP -> isOn ? Double.NaN : rate;
            };
        }
    }
}

package dev.prescale.simulation;

import dev.prescale.backtest.Trace;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** Shapes of traffic around 100 req/s; what is special about one happens after its warm-up. */
enum TraceShape {
    DAILY {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return 100 * (1 - 0.8 * StrictMath.cos(2 * Math.PI * minute / MINUTES_PER_DAY));
        }
    },
    FLASH_CROWD {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return sinceWarmUp < 60 ? 100 : 100 + 900 * StrictMath.exp(-(sinceWarmUp - 60) / 30.0);
        }
    },
    RAMP {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return 50 + 3.0 * Math.max(0, sinceWarmUp);
        }
    },
    /** Falls while data are missing at times: the case in which a stale rate tempts to scale in. */
    DECLINE {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return 600 - 3.0 * Math.max(0, sinceWarmUp);
        }
    },
    OUTAGE {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return sinceWarmUp >= 60 && sinceWarmUp < 100
                    ? Double.NaN
                    : sinceWarmUp >= 120 && sinceWarmUp < 140 ? 0 : 100;
        }
    },
    LEVEL_SHIFT {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return sinceWarmUp < 75 ? 60 : 300;
        }
    },
    ZERO {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return 0;
        }
    },
    NOISE {
        @Override
        double rateAt(int minute, int sinceWarmUp) {
            return 100;
        }
    };

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    static final int MINUTES_PER_DAY = 1440;
    static final int WARM_UP_MINUTES = 3 * MINUTES_PER_DAY;
    static final int REPLAYED_MINUTES = 180;

    /** @param sinceWarmUp minutes since the replay began, negative before */
    abstract double rateAt(int minute, int sinceWarmUp);

    Trace trace(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double noise = this == NOISE ? 1 : 0.1;
        double[] rates = new double[WARM_UP_MINUTES + REPLAYED_MINUTES];
        for (int m = 0; m < rates.length; m++) {
            rates[m] = rateAt(m, m - WARM_UP_MINUTES) * (1 + noise * (2 * random.nextDouble() - 1));
        }
        return new Trace(name().toLowerCase(Locale.ROOT), RateSeries.of(START, Trace.MINUTE, rates));
    }
}

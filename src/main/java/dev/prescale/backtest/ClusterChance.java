package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * What chance does to one endpoint's replicas. Every draw depends on seed, endpoint and the minute only, not on what was
 * drawn before: all policies of a replay meet the same cluster at the same minute, whatever each of them has ordered
 * (common random numbers).
 */
final class ClusterChance {
    private static final long START = 0x5354415254L;
    private static final long CALL = 0x43414C4CL;
    private static final long FAILED_START = 0x4641494CL;

    private final long seed;
    private final StartTime startTime;
    private final WorkloadFaults faults;

    ClusterChance(long seed, EndpointId endpoint, StartTime startTime, WorkloadFaults faults) {
        this.seed = seed * 0x9E3779B97F4A7C15L + endpoint.toString().hashCode();
        this.startTime = startTime;
        this.faults = faults;
    }

    /** How long replicas take that are ordered in this minute. */
    Duration startTimeAt(Instant ordered) {
        return startTime.isConstant() ? startTime.median() : startTime.at(normal(drawsOf(START, ordered)));
    }

    /** The longest start time of orders within {@link StartTime#LONGEST} before and after. */
    Duration longestStartTimeAround(Instant instant) {
        if (startTime.isConstant()) {
            return startTime.median();
        }
        Duration longest = Duration.ZERO;
        Instant end = instant.plus(StartTime.LONGEST);
        for (Instant at = instant.minus(StartTime.LONGEST); !at.isAfter(end); at = at.plusSeconds(60)) {
            Duration drawn = startTimeAt(at);
            longest = drawn.compareTo(longest) > 0 ? drawn : longest;
        }
        return longest;
    }

    boolean scaleCallFails(Instant at) {
        return faults.failedScaleCalls() > 0 && drawsOf(CALL, at).nextDouble() < faults.failedScaleCalls();
    }

    boolean startFails(Instant dueAt) {
        return faults.failedStarts() > 0 && drawsOf(FAILED_START, dueAt).nextDouble() < faults.failedStarts();
    }

    private SplittableRandom drawsOf(long kind, Instant at) {
        long minute = Math.floorDiv(at.getEpochSecond(), 60L);
        return new SplittableRandom((seed ^ kind) * 0xD1342543DE82EF95L + minute);
    }

    /** Standard normal by the polar method (Marsaglia, Bray 1964): StrictMath, so that every JVM draws the same. */
    private static double normal(SplittableRandom random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}

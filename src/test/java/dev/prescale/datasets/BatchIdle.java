package dev.prescale.datasets;

import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** An internal service that nearly sleeps: a trickle of users, and cron jobs that hit it on the minute. */
final class BatchIdle extends TraceGenerator {
    private static final double TRICKLE_PER_MINUTE = 3;
    private static final double DISPERSION = 80;
    private static final DayProfile OFFICE =
            new DayProfile(3, 0.05, 6.5, 0.08, 9, 0.9, 12.5, 0.6, 15, 1.0, 18, 0.3, 21, 0.1);

    private final LogNoise slow;
    private final Lift jobs;

    BatchIdle(long seed) {
        super("batch-idle", ZoneOffset.UTC, seed);
        slow = new LogNoise(chance, 30, 0.3);
        jobs = jobs();
    }

    /** Requests per minute of the cron jobs: hourly, nightly, on Monday mornings, on the first of the month. */
    private Lift jobs() {
        Lift lift = new Lift(GeneratedTrace.MINUTES);
        for (int m = 0; m < GeneratedTrace.MINUTES; m++) {
            ZonedDateTime local = GeneratedTrace.at(m).atZone(ZoneOffset.UTC);
            if (local.getMinute() == 0) {
                run(lift, m, 2, 90);
            }
            if (isAt(local, 2, 0)) {
                run(lift, m, 6, 1_500);
            }
            if (isAt(local, 2, 30)) {
                run(lift, m, 12, 700);
            }
            if (isAt(local, 6, 0) && local.getDayOfWeek() == DayOfWeek.MONDAY) {
                run(lift, m, 20, 1_900);
            }
            if (isAt(local, 4, 0) && local.getDayOfMonth() == 1) {
                run(lift, m, 30, 2_400);
            }
        }
        return lift;
    }

    /** A run takes a little longer or shorter each time and seldom does not happen at all. */
    private void run(Lift lift, int minute, int lengthMinutes, double perMinute) {
        if (chance.happens(0.02)) {
            return;
        }
        lift.plateau(
                minute,
                Math.max(1, (int) chance.logNormal(lengthMinutes + 0.5, 0.15)),
                chance.logNormal(perMinute, 0.12));
    }

    private static boolean isAt(ZonedDateTime local, int hour, int minute) {
        return local.getHour() == hour && local.getMinute() == minute;
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        double trickle = TRICKLE_PER_MINUTE * OFFICE.at(hourOf(local)) * (isWeekend(local) ? 0.15 : 1) * slow.next();
        return new long[] {chance.poisson(trickle) + chance.negativeBinomial(jobs.at(minute), DISPERSION)};
    }
}

package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.MemberWeight;
import dev.prescale.forecast.Forecast.Provenance;
import dev.prescale.forecast.Forecast.Skill;
import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A series of few requests, followed by the count model {@link IntermittentRate}. Events multiply what it says. */
final class IntermittentSeries implements FollowedSeries {
    static final String NAME = "intermittentRate";
    /** To be raised with every change of what is written, or of what it means; others than those of {@link CombinedSeries}. */
    static final int FORMAT = 1_001;

    private static final Skill UNKNOWN = new Skill(Double.NaN, "", Double.NaN);
    private static final String WARNING =
            "Most steps have few or no requests: a count model speaks, and a seasonal one cannot.";
    private static final int PATHS = 100;
    /** Where quantiles of an active step are too far apart to lie between. */
    private static final double TAIL = 0.02;
    /** Ten times anything and 1 has no common divisor with the number of paths, so that every step has every quantile. */
    private static final int SHUFFLE = 10;
    /** Days beyond the history for which local hours are known; a series is followed for a day or so. */
    private static final int GROWTH_DAYS = 60;

    private final Instant start;
    private final Step step;
    private final TrafficCalendar calendar;
    private final LocalSlots slots;
    private final IntermittentRate counts;
    private final int horizonSteps;
    private int size;
    private int gaps;

    private IntermittentSeries(Instant start, LocalSlots slots, TrafficCalendar calendar, int horizonSteps) {
        this.start = start;
        this.step = slots.step();
        this.calendar = calendar;
        this.horizonSteps = horizonSteps;
        this.counts = new IntermittentRate(step);
        this.slots = slots;
    }

    IntermittentSeries(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
        this(
                history.start(),
                LocalSlots.of(
                        history, horizonSteps + GROWTH_DAYS * history.step().perDay(), calendar.zone()),
                calendar,
                horizonSteps);
        for (int t = 0; t < history.size(); t++) {
            append(history.rateAt(t));
        }
    }

    /**
     * Whether a series is one: whole requests per step, few or often none, and whether there is one says little about the same
     * time of the next day. A shop that is closed at night is none.
     */
    static boolean is(RateSeries history) {
        if (!IntermittentRate.isIntermittent(history)) {
            return false;
        }
        int perDay = history.step().perDay();
        int active = 0;
        int compared = 0;
        int changed = 0;
        int known = 0;
        for (int t = 0; t < history.size(); t++) {
            if (history.isGap(t)) {
                continue;
            }
            double count = history.rateAt(t) * history.step().seconds();
            if (Math.abs(count - Math.rint(count)) > 1e-6 * Math.max(1, count)) {
                return false;
            }
            known++;
            active += count > 0 ? 1 : 0;
            if (t >= perDay && !history.isGap(t - perDay)) {
                compared++;
                changed += (count > 0) == (history.rateAt(t - perDay) > 0) ? 0 : 1;
            }
        }
        if (active == 0) {
            // nothing to count: what is said of a series of zeros is said by the other forecaster
            return false;
        }
        double share = (double) active / known;
        // independent days would differ at twice this share of the steps
        return compared == 0 || changed >= share * (1 - share) * compared;
    }

    @Override
    public void append(double rate) {
        if (size + horizonSteps == slots.size()) {
            throw new IllegalStateException(
                    "a history grows by %s days, then it is to be read anew".formatted(GROWTH_DAYS));
        }
        double factor = calendar.eventFactor(instantAt(size), step.duration());
        counts.feed(slots.hourOfDay(size), rate / factor);
        gaps += Double.isNaN(rate) ? 1 : 0;
        size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Instant end() {
        return instantAt(size);
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(start.getEpochSecond());
        out.writeInt(start.getNano());
        out.writeInt(step.seconds());
        out.writeInt(horizonSteps);
        out.writeInt(size);
        out.writeInt(gaps);
        counts.writeTo(out);
    }

    /** What follows the format. */
    static IntermittentSeries readFrom(DataInput in, TrafficCalendar calendar) throws IOException {
        Instant start = Instant.ofEpochSecond(in.readLong(), in.readInt());
        Step step = new Step(in.readInt());
        int horizonSteps = in.readInt();
        int size = DoubleArrays.count(in);
        if (horizonSteps < 1 || horizonSteps > ForecastRequest.MOST_STEPS) {
            throw new IOException("a horizon of %d steps".formatted(horizonSteps));
        }
        LocalSlots slots =
                LocalSlots.of(start, step, size + horizonSteps + GROWTH_DAYS * step.perDay(), calendar.zone());
        IntermittentSeries series = new IntermittentSeries(start, slots, calendar, horizonSteps);
        series.size = size;
        series.gaps = in.readInt();
        series.counts.read(in);
        return series;
    }

    private Instant instantAt(int t) {
        return start.plusSeconds((long) t * step.seconds());
    }

    @Override
    public Forecast forecast(QuantileLevels levels) {
        double[] ascending = levels.toArray();
        Arrays.sort(ascending);
        double[] chances = new double[horizonSteps];
        double[] factors = new double[horizonSteps];
        for (int h = 0; h < horizonSteps; h++) {
            chances[h] = counts.chanceOfAny(h + 1, slots.hourOfDay(size + h));
            factors[h] = calendar.eventFactor(instantAt(size + h), step.duration());
        }
        double[] active = counts.activeQuantiles(PATHS);
        double[][] rates = rates(ascending, chances, factors, active);
        double[][] ordered = new double[rates.length][ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            int from = Arrays.binarySearch(ascending, levels.get(i));
            for (int h = 0; h < rates.length; h++) {
                ordered[h][i] = rates[h][from];
            }
        }
        Provenance provenance = new Provenance(
                List.of(new MemberWeight(NAME, 1)),
                List.of(),
                new SeriesQuality(size - gaps, gaps, 0),
                UNKNOWN,
                List.of(WARNING));
        return new Forecast(
                end(),
                step,
                levels,
                ordered,
                ScenarioPaths.drawnWhenAsked(() -> paths(chances, factors, active)),
                provenance);
    }

    /** Rates (req/s) of shape [step][level]: of an active step from its quantiles, in the tails from the distribution itself. */
    private double[][] rates(double[] ascendingLevels, double[] chances, double[] factors, double[] active) {
        double[][] rates = new double[horizonSteps][ascendingLevels.length];
        double[] one = new double[1];
        for (int h = 0; h < horizonSteps; h++) {
            double below = 0;
            for (int i = 0; i < ascendingLevels.length; i++) {
                one[0] = ascendingLevels[i];
                double level = (one[0] - 1 + chances[h]) / chances[h];
                double rate = 0;
                if (level > TAIL && level < 1 - TAIL) {
                    rate = between(active, level);
                } else if (level > 0) {
                    rate = counts.quantiles(h + 1, slots.hourOfDay(size + h), one)[0];
                }
                below = Math.max(rate, below);
                rates[h][i] = factors[h] * below;
            }
        }
        return rates;
    }

    private static double between(double[] active, double level) {
        double place = Math.clamp(level * active.length - 0.5, 0, active.length - 1);
        int low = Math.min((int) place, active.length - 2);
        return active[low] + (place - low) * (active[low + 1] - active[low]);
    }

    /**
     * Every path has another quantile in every step: what comes in one step says little of the next.
     *
     * @param active quantiles of the rate of an active step
     */
    private static double[][] paths(double[] chances, double[] factors, double[] active) {
        double[][] paths = new double[PATHS][chances.length];
        for (int h = 0; h < chances.length; h++) {
            for (int p = 0; p < PATHS; p++) {
                long drawn = ((long) p * (1 + SHUFFLE * (long) (h % PATHS)) + h) % PATHS;
                double level = ((drawn + 0.5) / PATHS - 1 + chances[h]) / chances[h];
                paths[p][h] = level > 0 ? factors[h] * active[(int) (level * active.length)] : 0;
            }
        }
        return paths;
    }
}

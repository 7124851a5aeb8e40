package dev.prescale.forecast;

import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What the seasons say of {@code z = ln(y + c)}, and what they do not explain, all causal: what is read for an origin {@code t}
 * was computed from steps before {@code t}. Grows with its history, a constant time per step.
 *
 * <ul>
 *   <li>base {@code b = omega W + (1 - omega) D} of the {@link SlotStates}, with {@code omega = eD^6 / (eD^6 + eW^6)} from the
 *       running mean absolute errors of the two, 0 without a week; a holiday has a base of its own ({@link HolidayEffects}).
 *       {@link RecurrentSpikes} and {@link EventPatterns} are added, and taken out of z before anything is learnt.
 *   <li>an outlier, a {@code z} that is one for its slot of the day <em>and</em> of the week, is drawn in to five running
 *       mean absolute deviations from the nearer of the two.
 *   <li>residual memory {@code E_tau}: moving averages of {@code e[t] = z[t] - b[t]}, gain {@code 1 - exp(-step / tau)}.
 *   <li>an outage is not learnt ({@link OutageWatch}); for a day after a {@link LevelShift} states learn half as fast again.
 * </ul>
 */
final class SeasonalStates {
    /** Time constants tau (h) of the residual memories. */
    private static final double[] MEMORY_HOURS = {1.0 / 6, 1, 6, 24};

    static final int MEMORIES = MEMORY_HOURS.length;

    private static final int HOUR_MEMORY = 1;
    private static final double OUTLIER_DEVIATIONS = 5;
    /** Without it a perfectly regular past would take every change for an outlier, for ever. */
    private static final double LEAST_DEVIATION = 0.05;

    private static final double DEVIATION_MEMORY_DAYS = 3;
    private static final double ERROR_MEMORY_DAYS = 7;
    private static final double HASTE_AFTER_SHIFT = 1.5;

    private final LearningHistory history;
    private final SlotStates slots;
    private final HolidayEffects holidays;
    private final EventPatterns patterns;
    private final OutageWatch outages;
    private final LevelShift shift;
    private final RecurrentSpikes spikes;
    private final double deviationGain;
    private final double errorGain;
    private final double[] memoryGains;

    /** z per step less spikes and events, drawn in where it is an outlier; NaN where nothing is learnt. */
    private double[] clipped;

    private double[] weekShareBefore;
    private final double[][] memoryBefore;
    private double deviation;
    private double dayError;
    private double weekError;
    private double largest = Double.NEGATIVE_INFINITY;
    private double least = Double.POSITIVE_INFINITY;
    private int seen;
    private int outliers;
    private int learnt;

    /**
     * @param capacity steps that are expected
     * @param past rates (req/s, events of a known factor taken out) from which holidays and past days of events are known
     */
    SeasonalStates(LearningHistory history, int capacity, double[] past) {
        this.history = history;
        TrafficCalendar calendar = history.calendar();
        this.holidays = holidayEffects(history, past);
        this.patterns = EventPatterns.of(past, history.offset(), history.slots(), calendar);
        int perDay = history.step().perDay();
        this.slots = new SlotStates(history, capacity);
        this.outages = new OutageWatch(history.step());
        this.shift = new LevelShift(history.step());
        this.spikes = new RecurrentSpikes(perDay);
        this.deviationGain = 1 / (DEVIATION_MEMORY_DAYS * perDay);
        this.errorGain = 1 / (ERROR_MEMORY_DAYS * perDay);
        this.memoryGains = Arrays.stream(MEMORY_HOURS)
                .map(hours -> 1 - Math.exp(-24 / (hours * perDay)))
                .toArray();
        this.clipped = new double[capacity];
        this.weekShareBefore = new double[capacity + 1];
        this.memoryBefore = new double[MEMORIES][capacity + 1];
    }

    /** The states after all steps of a history. */
    static SeasonalStates of(LearningHistory history) {
        double[] past = new double[history.size()];
        Arrays.setAll(past, history::rate);
        SeasonalStates states = new SeasonalStates(history, history.size(), past);
        for (int t = 0; t < history.size(); t++) {
            states.learnNext();
        }
        return states;
    }

    private static HolidayEffects holidayEffects(LearningHistory history, double[] past) {
        if (history.calendar().holidays().isEmpty()) {
            return new HolidayEffects();
        }
        double[] logs = new double[past.length];
        Arrays.setAll(logs, t -> Math.log(past[t] + history.offset()));
        return PastHolidays.learnt(logs, history.slots(), history.calendar());
    }

    private void grow() {
        int capacity = clipped.length + history.step().perDay();
        clipped = Arrays.copyOf(clipped, capacity);
        weekShareBefore = Arrays.copyOf(weekShareBefore, capacity + 1);
        Arrays.setAll(memoryBefore, i -> Arrays.copyOf(memoryBefore[i], capacity + 1));
    }

    /**
     * Takes in the next step of the history:
     *
     * <ol>
     *   <li>what the seasons say of it;
     *   <li>what may be learnt from it: no outage, no event;
     *   <li>spikes that come back, level shifts, outliers;
     *   <li>running errors, residual memories, slot states.
     * </ol>
     */
    void learnNext() {
        int t = learnt;
        if (t == clipped.length) {
            grow();
        }
        double ofDay = slots.day(slots.latestDay(t, t));
        double ofWeek = weekOrHoliday(t, t);
        double share = weekShareBefore[t];
        double base = mix(ofDay, ofWeek, shareFor(t, share));
        double added = added(t);
        double z = learnable(t, base + added);
        if (z > largest) {
            largest = z;
        }
        if (z < least) {
            least = z;
        }
        z -= added;
        boolean known = !Double.isNaN(z);
        if (known && !Double.isNaN(base)) {
            seen++;
            learnShape(t, z - base);
            double drawn = seen > history.step().perDay()
                    ? drawnIn(z, ofDay, ofWeek, OUTLIER_DEVIATIONS * Math.max(deviation, LEAST_DEVIATION))
                    : z;
            outliers += drawn != z ? 1 : 0;
            z = drawn;
            double e = z - base;
            deviation += Math.max(deviationGain, 1.0 / seen) * (Math.abs(e) - deviation);
            if (!Double.isNaN(ofWeek)) {
                dayError += errorGain * (Math.abs(z - ofDay) - dayError);
                weekError += errorGain * (Math.abs(z - ofWeek) - weekError);
                share = weekShare(dayError, weekError);
            }
            remember(t, e);
        } else {
            shift.feed(Double.NaN);
            forgetNothing(t);
        }
        weekShareBefore[t + 1] = share;
        clipped[t] = z;
        learnt++;
        slots.append(z, shift.direction() == LevelShift.Direction.NONE ? 1 : HASTE_AFTER_SHIFT);
    }

    private void learnShape(int t, double residual) {
        shift.feed(residual);
        if (slots.averages()) {
            spikes.learn(history.slots().slotOfWeek(t), residual - memoryBefore[HOUR_MEMORY][t]);
        }
    }

    private void remember(int t, double e) {
        for (int i = 0; i < MEMORIES; i++) {
            memoryBefore[i][t + 1] = memoryBefore[i][t] + memoryGains[i] * (e - memoryBefore[i][t]);
        }
    }

    private void forgetNothing(int t) {
        for (double[] memory : memoryBefore) {
            memory[t + 1] = memory[t];
        }
    }

    /** Writes what was learnt, for origins in the newest {@code window} steps; holidays and events follow from the history. */
    void writeTo(int window, DataOutput out) throws IOException {
        int from = Math.max(0, learnt - window);
        DoubleArrays.write(clipped, learnt, out);
        DoubleArrays.write(weekShareBefore, from, learnt + 1, out);
        for (double[] memory : memoryBefore) {
            DoubleArrays.write(memory, from, learnt + 1, out);
        }
        DoubleArrays.write(new double[] {deviation, dayError, weekError, largest, least}, 5, out);
        out.writeInt(seen);
        out.writeInt(outliers);
        slots.writeTo(out);
        outages.writeTo(out);
        shift.writeTo(out);
        spikes.writeTo(out);
    }

    /** Takes the place of states that were written; for one that has learnt nothing, with the capacity for it. */
    void read(int window, DataInput in) throws IOException {
        learnt = history.size();
        int from = Math.max(0, learnt - window);
        DoubleArrays.read(clipped, 0, learnt, in);
        DoubleArrays.read(weekShareBefore, from, learnt + 1, in);
        for (double[] memory : memoryBefore) {
            DoubleArrays.read(memory, from, learnt + 1, in);
        }
        double[] running = new double[5];
        DoubleArrays.read(running, in);
        deviation = running[0];
        dayError = running[1];
        weekError = running[2];
        largest = running[3];
        least = running[4];
        seen = in.readInt();
        outliers = in.readInt();
        slots.read(clipped, learnt, in);
        outages.read(in);
        shift.read(in);
        spikes.read(in);
    }

    private double learnable(int t, double base) {
        double expected = history.fromLog(base);
        double rate = history.rate(t);
        outages.feed(rate, expected);
        return patterns.isUnusual(t) ? Double.NaN : Math.log(outages.learnable(rate, expected) + history.offset());
    }

    /** What spikes that come back and events with a pattern add to the base of a step. */
    double added(int t) {
        double spike = slots.averages() ? spikes.at(history.slots().slotOfWeek(t)) : 0;
        return spike + patterns.logOffset(t);
    }

    private static double drawnIn(double z, double ofDay, double ofWeek, double reach) {
        double a = Double.isNaN(ofDay) ? ofWeek : ofDay;
        double b = Double.isNaN(ofWeek) ? a : ofWeek;
        return Math.clamp(z, Math.min(a, b) - reach, Math.max(a, b) + reach);
    }

    private static double weekShare(double dayError, double weekError) {
        double ofDay = dayError * dayError * dayError;
        double ofWeek = weekError * weekError * weekError;
        return ofDay > 0 ? ofDay * ofDay / (ofDay * ofDay + ofWeek * ofWeek) : 0;
    }

    private static double mix(double day, double week, double weekShare) {
        if (Double.isNaN(week)) {
            return day;
        }
        return Double.isNaN(day) ? week : weekShare * week + (1 - weekShare) * day;
    }

    private double weekOrHoliday(int origin, int target) {
        double week = slots.week(slots.latestWeek(origin, target));
        if (!history.isHoliday(target)) {
            return week;
        }
        double ordinary = slots.week(slots.latestOrdinaryWeek(origin, target));
        return holidays.base(ordinary, week, history.slots().hourOfDay(target));
    }

    /** Yesterday says nothing of a holiday. */
    private double shareFor(int target, double weekShare) {
        return history.isHoliday(target) ? 1 : weekShare;
    }

    /** Base {@code b} for step {@code target} as known at {@code origin}; {@code NaN} where its slot was never seen. */
    double base(int origin, int target) {
        double ofDay = slots.day(slots.latestDay(origin, target));
        double share = shareFor(target, weekShareBefore[origin]);
        return mix(ofDay, weekOrHoliday(origin, target), share) + added(target);
    }

    /**
     * Fills what the states say of a target beside its base, as known at the origin: fast day state, yesterday's averaged z, day
     * state, week state, last week's averaged z, each less the base; 0 where not known.
     *
     * @return the base without what is {@linkplain #added added} to it; {@code NaN} where the slot was never seen
     */
    double fill(int origin, int target, double[] row) {
        int day = slots.latestDay(origin, target);
        int week = slots.latestWeek(origin, target);
        double ofDay = slots.day(day);
        double ofWeek = history.isHoliday(target) ? weekOrHoliday(origin, target) : slots.week(week);
        double base = mix(ofDay, ofWeek, shareFor(target, weekShareBefore[origin]));
        row[0] = zeroIfUnknown(slots.fastDay(day) - base);
        row[1] = zeroIfUnknown(slots.smooth(day) - base);
        row[2] = zeroIfUnknown(ofDay - base);
        row[3] = zeroIfUnknown(ofWeek - base);
        row[4] = zeroIfUnknown(slots.smooth(week) - base);
        return base;
    }

    /** A feature that is not known says nothing. */
    static double zeroIfUnknown(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** z of a step without spikes and events, drawn in where it is an outlier; {@code NaN} where nothing is learnt from it. */
    double clipped(int step) {
        return step >= 0 ? clipped[step] : Double.NaN;
    }

    /** Residual memory {@code E_tau} as known at {@code origin}, by the position of its tau: 10 min, 1 h, 6 h, 24 h. */
    double memory(int position, int origin) {
        return memoryBefore[position][origin];
    }

    /** The largest z so far. */
    double largest() {
        return largest;
    }

    /** The least z so far. */
    double least() {
        return least;
    }

    /** Whether the level moved for good within the last day. */
    boolean shifted() {
        return shift.direction() != LevelShift.Direction.NONE;
    }

    /** What the user should know of events. */
    List<String> warnings() {
        return patterns.warnings();
    }

    /** Samples that were drawn in. */
    int outliers() {
        return outliers;
    }
}

package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The links of the steps after a fit, worked out at the fit for as long as the model is used; beyond that every day has 24 hours
 * and no holiday. Steps are numbered since the epoch.
 */
final class AheadLinks implements SeasonLinks {
    private static final int DAYS_PER_WEEK = 7;

    private final int first;
    private final int perDay;
    private final int[] dayLags;
    private final int[] weekLags;
    private final int[] slots;

    AheadLinks(int first, int perDay, int[] dayLags, int[] weekLags, int[] slots) {
        this.first = first;
        this.perDay = perDay;
        this.dayLags = dayLags;
        this.weekLags = weekLags;
        this.slots = slots;
    }

    /** @param number of the first step of the history since the epoch */
    static AheadLinks of(LearningHistory history, int number) {
        int from = history.size();
        int count = history.sizeAhead() - from;
        int[] dayLags = new int[count];
        int[] weekLags = new int[count];
        int[] slots = new int[count];
        for (int k = 0; k < count; k++) {
            int t = from + k;
            dayLags[k] = lag(t, history.dayBefore(t));
            weekLags[k] = lag(t, history.weekBefore(t));
            slots[k] = history.slots().slotOfDay(t);
        }
        return new AheadLinks(number + from, history.step().perDay(), dayLags, weekLags, slots);
    }

    private static int lag(int t, int before) {
        return before < 0 ? 0 : t - before;
    }

    @Override
    public double timeOfDay(int t) {
        int last = slots.length - 1;
        int slot = t - first <= last ? slots[t - first] : (slots[last] + t - first - last) % perDay;
        return (double) slot / perDay;
    }

    @Override
    public int dayBefore(int t) {
        return before(t, dayLags, perDay);
    }

    @Override
    public int weekBefore(int t) {
        return before(t, weekLags, DAYS_PER_WEEK * perDay);
    }

    private int before(int t, int[] lags, int usual) {
        int lag = t - first < lags.length ? lags[t - first] : usual;
        return lag == 0 ? LearningHistory.NONE : t - lag;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(first);
        out.writeInt(perDay);
        DoubleArrays.write(dayLags, out);
        DoubleArrays.write(weekLags, out);
        DoubleArrays.write(slots, out);
    }

    static AheadLinks readFrom(DataInput in) throws IOException {
        return new AheadLinks(
                in.readInt(),
                in.readInt(),
                DoubleArrays.readInts(in),
                DoubleArrays.readInts(in),
                DoubleArrays.readInts(in));
    }
}

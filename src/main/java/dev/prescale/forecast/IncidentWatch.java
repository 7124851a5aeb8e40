package dev.prescale.forecast;

import dev.prescale.series.Step;
import dev.prescale.series.UsualSilence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Tells {@linkplain Incidents incidents} as the rates come in. */
final class IncidentWatch {
    private static final int NONE = Integer.MIN_VALUE;

    private final int shortest;
    private final int margin;
    private final int perDay;
    private int zerosFrom = NONE;
    /** Steps {@code [from, to)} of the newest incident; {@code to} is far away while it lasts. */
    private int from = NONE;

    private int to = NONE;

    IncidentWatch(Step step) {
        this.shortest = Math.ceilDiv(Incidents.SHORTEST_SECONDS, step.seconds());
        this.margin = Incidents.MARGIN_SECONDS / step.seconds();
        this.perDay = step.perDay();
    }

    /** Takes in the newest rate; whether an incident has just been found, which began before. */
    boolean append(RecentRates rates) {
        int t = rates.end() - 1;
        if (rates.rate(t) != 0) {
            if (to == Integer.MAX_VALUE) {
                to = t + margin;
            }
            zerosFrom = NONE;
            return false;
        }
        zerosFrom = zerosFrom == NONE ? t : zerosFrom;
        boolean found = t + 1 - zerosFrom == shortest
                && rates.mean(zerosFrom - perDay, zerosFrom) > Incidents.LEAST_USUAL_PER_SECOND
                && !UsualSilence.in(k -> k < rates.first() ? Double.NaN : rates.rate(k), zerosFrom, shortest, perDay);
        if (found) {
            from = zerosFrom - margin;
            to = Integer.MAX_VALUE;
        }
        return found;
    }

    void clear() {
        zerosFrom = NONE;
        from = NONE;
        to = NONE;
    }

    /** First step of the newest incident. */
    int from() {
        return from;
    }

    /** Whether the step belongs to the newest incident. */
    boolean covers(int t) {
        return t >= from && t < to;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(zerosFrom);
        out.writeInt(from);
        out.writeInt(to);
    }

    void read(DataInput in) throws IOException {
        zerosFrom = in.readInt();
        from = in.readInt();
        to = in.readInt();
    }
}

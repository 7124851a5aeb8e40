package dev.prescale.accuracy;

import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers issued lead-time demands until the window that they speak of has been observed. Not thread-safe. */
public final class IssuedDemands {
    /** More are not kept; the oldest go. Half an hour of demands issued every second. */
    static final int MOST = 1_800;

    private record Issued(Instant from, Instant to, double rate, Map<String, Double> baselines) {}

    private final double level;
    private final Deque<Issued> open = new ArrayDeque<>();

    /** @param level quantile level that is judged: the one that sizes replicas */
    public IssuedDemands(double level) {
        Require.that(level > 0 && level < 1, "level must be in (0, 1), was %s", level);
        this.level = level;
    }

    /**
     * Remembers a demand. Of several with one origin the first counts: cycles are more frequent than samples.
     *
     * @param baselines each with the level and over the same window
     */
    public void remember(LeadTimeDemand demand, Map<PeakSource, LeadTimeDemand> baselines) {
        if (!open.isEmpty() && !demand.origin().isAfter(open.getLast().from())) {
            return;
        }
        Map<String, Double> rates = new TreeMap<>();
        baselines.forEach((source, baseline) -> rates.put(source.wireName(), baseline.at(level)));
        open.addLast(new Issued(
                demand.origin(), demand.origin().plus(demand.window()), demand.at(level), Map.copyOf(rates)));
        if (open.size() > MOST) {
            open.removeFirst();
        }
    }

    /** Demands that are waiting for their outcome. */
    public int waiting() {
        return open.size();
    }

    /**
     * Takes out the demands whose window the series covers to its end, oldest first. One of whose window half or more is a
     * gap is dropped, for nobody knows its peak, and so is one in an outage, which is not the forecast's fault. Zeros that may
     * become an outage are waited for.
     */
    public List<DemandOutcome> settledBy(RateSeries series) {
        List<DemandOutcome> outcomes = new ArrayList<>();
        while (!open.isEmpty() && !open.getFirst().to().isAfter(series.end())) {
            Issued issued = open.getFirst();
            Outages.Verdict verdict = Outages.of(series, series.indexOf(issued.from()), series.indexOf(issued.to()));
            if (verdict == Outages.Verdict.UNDECIDED) {
                break;
            }
            open.removeFirst();
            double peak = verdict == Outages.Verdict.INSIDE ? Double.NaN : peak(series, issued.from(), issued.to());
            if (!Double.isNaN(peak)) {
                outcomes.add(new DemandOutcome(issued.to(), issued.rate(), issued.baselines(), peak));
            }
        }
        return outcomes;
    }

    private static double peak(RateSeries series, Instant from, Instant to) {
        int first = series.indexOf(from);
        double peak = Double.NaN;
        int known = 0;
        int steps = 0;
        for (int k = first; k < series.size() && series.instantAt(k).isBefore(to); k++) {
            steps++;
            if (k >= 0 && !series.isGap(k)) {
                known++;
                peak = Double.isNaN(peak) ? series.rateAt(k) : Math.max(peak, series.rateAt(k));
            }
        }
        return 2 * known > steps ? peak : Double.NaN;
    }
}

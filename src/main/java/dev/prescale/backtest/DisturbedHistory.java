package dev.prescale.backtest;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Sample;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history whose samples are lost, late and delivered twice. What happens to a sample follows from the seed and its minute:
 * every policy misses the same ones. Samples go through the grid on which a store places them.
 */
public final class DisturbedHistory implements RateHistory {
    private final RateHistory history;
    private final Map<TrafficSource, SampleArrivals> arrivals = new HashMap<>();

    private DisturbedHistory(ReplaySetup setup) {
        this.history = new RevealedHistory(setup);
        setup.endpoints().forEach(endpoint -> {
            TrafficSource traffic = endpoint.spec().traffic();
            arrivals.putIfAbsent(traffic, SampleArrivals.of(setup, traffic));
        });
    }

    /** What policies of a replay read: its traces, as disturbed as its setup says. */
    public static RateHistory of(ReplaySetup setup) {
        return setup.simulation().samples().areNone() ? new RevealedHistory(setup) : new DisturbedHistory(setup);
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        List<Answer> answers = history.read(queries, now);
        List<Answer> disturbed = new ArrayList<>();
        for (int k = 0; k < answers.size(); k++) {
            disturbed.add(disturbed(answers.get(k), queries.get(k), now));
        }
        return disturbed;
    }

    private Answer disturbed(Answer answer, Query query, Instant now) {
        return switch (answer) {
            case Samples samples -> RateHistory.answerOf(delivered(samples.series(), query, now), query, now);
            case Stale stale -> RateHistory.answerOf(delivered(stale.series(), query, now), query, now);
            case Empty empty -> empty;
            case Failed failed -> failed;
        };
    }

    private RateSeries delivered(RateSeries series, Query query, Instant now) {
        SampleArrivals arriving = arrivals.get(query.source());
        if (arriving == null || series.size() == 0) {
            return series;
        }
        // a counter is told as what it has risen by: its samples before the first step are not asked for
        SampleKind kind = query.source().kind() == SampleKind.RATE ? SampleKind.RATE : SampleKind.COUNT;
        Step step = series.step();
        double unit = kind == SampleKind.RATE ? 1 : step.seconds();
        List<Sample> samples = new ArrayList<>();
        for (int k = 0; k < series.size(); k++) {
            Instant at = series.instantAt(k);
            if (!series.isGap(k) && arrives(arriving, at, step, now)) {
                Sample sample = new Sample(at, series.rateAt(k) * unit);
                samples.add(sample);
                if (arriving.comesTwice(at)) {
                    samples.add(sample);
                }
            }
        }
        return new SampleGrid(series.start(), series.end(), step).place(kind, samples);
    }

    private static boolean arrives(SampleArrivals arriving, Instant at, Step step, Instant now) {
        return !arriving.isLost(at)
                && !at.plus(step.duration()).plus(arriving.delayOf(at)).isAfter(now);
    }
}

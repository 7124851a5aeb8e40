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
    private static final long LOST = 0x4C4F5354L;
    private static final long LATE = 0x534C4154L;
    private static final long TWICE = 0x5457494345L;

    private final RateHistory history;
    private final SampleFaults faults;
    private final Map<TrafficSource, Chance> chances = new HashMap<>();

    private DisturbedHistory(ReplaySetup setup) {
        this.history = new RevealedHistory(setup);
        this.faults = setup.simulation().samples();
        setup.endpoints()
                .forEach(endpoint -> chances.putIfAbsent(
                        endpoint.spec().traffic(),
                        new Chance(setup.seed(), endpoint.id().toString())));
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
        Chance chance = chances.get(query.source());
        if (chance == null || series.size() == 0) {
            return series;
        }
        // a counter is told as what it has risen by: its samples before the first step are not asked for
        SampleKind kind = query.source().kind() == SampleKind.RATE ? SampleKind.RATE : SampleKind.COUNT;
        Step step = series.step();
        double unit = kind == SampleKind.RATE ? 1 : step.seconds();
        List<Sample> samples = new ArrayList<>();
        for (int k = 0; k < series.size(); k++) {
            Instant at = series.instantAt(k);
            if (!series.isGap(k) && arrives(chance, at, step, now)) {
                Sample sample = new Sample(at, series.rateAt(k) * unit);
                samples.add(sample);
                if (chance.happens(faults.duplicated(), TWICE, at)) {
                    samples.add(sample);
                }
            }
        }
        return new SampleGrid(series.start(), series.end(), step).place(kind, samples);
    }

    private boolean arrives(Chance chance, Instant at, Step step, Instant now) {
        if (chance.happens(faults.lost(), LOST, at)) {
            return false;
        }
        boolean isLate = chance.happens(faults.late(), LATE, at);
        return !isLate || !at.plus(step.duration()).plus(faults.delay()).isAfter(now);
    }
}

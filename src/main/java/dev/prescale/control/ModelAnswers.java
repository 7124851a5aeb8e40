package dev.prescale.control;

import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the models of one endpoint. Who counts requests writes nothing for a model that had none: in a step in which
 * another model of the same endpoint was counted, a model without a sample had no request. A rate or a counter goes on being
 * written, so there a gap is a gap.
 */
final class ModelAnswers {
    private ModelAnswers() {}

    /** The answers in their order, with zeros where a model was not counted but another was. */
    static List<RateHistory.Answer> complete(
            List<RateHistory.Answer> answers, List<RateHistory.Query> queries, SampleKind kind, Instant now) {
        if (kind != SampleKind.COUNT) {
            return answers;
        }
        Set<Instant> counted = new HashSet<>();
        answers.forEach(answer -> addCounted(seriesOf(answer), counted));
        if (counted.isEmpty()) {
            return answers;
        }
        List<RateHistory.Answer> complete = new ArrayList<>(answers.size());
        for (int k = 0; k < answers.size(); k++) {
            complete.add(
                    answers.get(k) instanceof RateHistory.Failed failed
                            ? failed
                            : withZeros(answers.get(k), queries.get(k), counted, now));
        }
        return complete;
    }

    private static RateHistory.Answer withZeros(
            RateHistory.Answer answer, RateHistory.Query query, Set<Instant> counted, Instant now) {
        SampleGrid grid = query.completeSteps(now);
        RateSeries known = seriesOf(answer);
        double[] rates = new double[grid.size()];
        for (int k = 0; k < rates.length; k++) {
            Instant at = grid.from().plusSeconds((long) k * grid.step().seconds());
            double rate = known == null ? Double.NaN : rateOf(known, at);
            rates[k] = Double.isNaN(rate) && counted.contains(at) ? 0 : rate;
        }
        return RateHistory.answerOf(RateSeries.of(grid.from(), grid.step(), rates), query, now);
    }

    private static double rateOf(RateSeries known, Instant at) {
        int position = known.indexOf(at);
        return position >= 0 && position < known.size() ? known.rateAt(position) : Double.NaN;
    }

    private static void addCounted(@Nullable RateSeries series, Set<Instant> counted) {
        for (int k = 0; series != null && k < series.size(); k++) {
            if (!series.isGap(k)) {
                counted.add(series.instantAt(k));
            }
        }
    }

    private static @Nullable RateSeries seriesOf(RateHistory.Answer answer) {
        return switch (answer) {
            case RateHistory.Samples samples -> samples.series();
            case RateHistory.Stale stale -> stale.series();
            case RateHistory.Empty ignored -> null;
            case RateHistory.Failed ignored -> null;
        };
    }
}

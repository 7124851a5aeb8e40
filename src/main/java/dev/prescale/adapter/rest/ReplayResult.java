package dev.prescale.adapter.rest;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.Scorecard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How policies did on one trace, as programs read it.
 *
 * @param equalService null: not computed by a replay that runs once
 * @param advice null: likewise
 */
public record ReplayResult(
        String trace,
        long seed,
        Instant from,
        Instant to,
        Duration leadTime,
        List<Row> scorecard,
        @Nullable List<EqualRow> equalService,
        @Nullable String advice) {

    public static ReplayResult of(Scorecard card) {
        return new ReplayResult(
                card.trace(),
                card.seed(),
                card.from(),
                card.to(),
                card.leadTime(),
                card.scores().stream().map(Row::of).toList(),
                null,
                null);
    }

    public static ReplayResult of(BacktestResult result) {
        ReplayResult card = of(result.scorecard());
        return new ReplayResult(
                card.trace,
                card.seed,
                card.from,
                card.to,
                card.leadTime,
                card.scorecard,
                result.equalService().stream().map(EqualRow::of).toList(),
                String.join(" ", result.advice()));
    }

    /**
     * One policy at the violation minutes of Prescale.
     *
     * @param violationMinutes the fewest there were, where no headroom reached those of Prescale
     * @param replicaHours null: likewise
     */
    @Schema(name = "EqualServiceRow")
    public record EqualRow(
            String policy,
            double violationMinutes,
            @Nullable Double replicaHours) {
        static EqualRow of(BacktestResult.EqualService equal) {
            return new EqualRow(equal.policy(), equal.violationMinutes(), equal.replicaHours());
        }
    }

    /** One policy; fractions in 0..1, {@code regret} is cost over the oracle's cost, minus 1. */
    @Schema(name = "ScorecardRow")
    public record Row(
            String policy,
            double replicaHours,
            double violationMinutes,
            double unservedShare,
            double abandonedShare,
            @Nullable Double waitP95,
            int scaleActions,
            int peakReplicas,
            double cost,
            @Nullable Double regret) {
        static Row of(Scorecard.Score score) {
            return new Row(
                    score.policy(),
                    score.replicaHours(),
                    score.violationMinutes(),
                    score.unservedShare(),
                    score.abandonedShare(),
                    score.waitP95(),
                    score.scaleActions(),
                    score.peakReplicas(),
                    score.cost(),
                    score.regret());
        }
    }
}

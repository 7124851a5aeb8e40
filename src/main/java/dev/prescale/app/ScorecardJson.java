package dev.prescale.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.rest.CapacityMixBody;
import dev.prescale.adapter.rest.ReplayResult;
import dev.prescale.answer.AnswerJson;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.MixedCapacity;
import dev.prescale.backtest.Scorecard;
import java.util.List;
import java.util.Optional;

/** Scorecards as the JSON that the API answers with. */
final class ScorecardJson {
    private ScorecardJson() {}

    static String of(List<Scorecard> cards) {
        return AnswerJson.text(cards.stream().map(ReplayResult::of).toList());
    }

    /** @param mixed added as {@code capacityMix} where there were prices */
    static String of(BacktestResult result, Optional<MixedCapacity> mixed) {
        ObjectNode json = (ObjectNode) AnswerJson.tree(ReplayResult.of(result));
        mixed.ifPresent(mix -> json.set("capacityMix", AnswerJson.tree(CapacityMixBody.of(mix))));
        return AnswerJson.text(json);
    }
}

package dev.prescale.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.prescale.adapter.rest.CapacityMixBody;
import dev.prescale.adapter.rest.ReplayResult;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.MixedCapacity;
import dev.prescale.backtest.Scorecard;
import java.util.List;
import java.util.Optional;

/** Scorecards as the JSON that the API answers with. */
final class ScorecardJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

    private ScorecardJson() {}

    static String of(List<Scorecard> cards) {
        return write(cards.stream().map(ReplayResult::of).toList());
    }

    /** @param mixed added as {@code capacityMix} where there were prices */
    static String of(BacktestResult result, Optional<MixedCapacity> mixed) {
        ObjectNode json = JSON.valueToTree(ReplayResult.of(result));
        mixed.ifPresent(mix -> json.set("capacityMix", JSON.valueToTree(CapacityMixBody.of(mix))));
        return write(json);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a scorecard cannot be written", fault);
        }
    }
}

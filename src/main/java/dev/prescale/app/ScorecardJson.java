package dev.prescale.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.prescale.adapter.rest.ReplayResult;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.Scorecard;
import java.util.List;

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

    static String of(BacktestResult result) {
        return write(ReplayResult.of(result));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a scorecard cannot be written", fault);
        }
    }
}

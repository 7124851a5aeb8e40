package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.backtest.ReplaySetup;
import java.util.List;
import java.util.Optional;

/**
 * What {@code POST /api/v1/backtests} asks for.
 *
 * @param setup with one endpoint
 * @param policies names, each one known and once
 * @param specText the specification as it was written; empty where one was made for the trace
 * @param told the request without its long parts, for people
 */
public record BacktestRequest(ReplaySetup setup, List<String> policies, Optional<String> specText, String told) {
    private static final int MOST_TOLD = 4_000;

    public BacktestRequest {
        policies = List.copyOf(policies);
    }

    /** A request as text, without the values of its trace and without its specification, which stand elsewhere. */
    static String told(JsonNode body) {
        ObjectNode shown = ((ObjectNode) body).objectNode();
        body.properties().forEach(entry -> {
            if (entry.getKey().equals(TraceReader.KEY.name()) && entry.getValue() instanceof ObjectNode trace) {
                ObjectNode brief = shown.putObject(entry.getKey());
                trace.properties()
                        .forEach(part -> brief.set(
                                part.getKey(),
                                part.getValue().isArray()
                                        ? shown.textNode("%d values"
                                                .formatted(part.getValue().size()))
                                        : part.getValue()));
            } else if (ReplayedSpecReader.KEYS.contains(entry.getKey())) {
                shown.put(entry.getKey(), "as below");
            } else {
                shown.set(entry.getKey(), entry.getValue());
            }
        });
        String text = shown.toPrettyString();
        return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "...";
    }
}

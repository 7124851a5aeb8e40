package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.Source;
import dev.prescale.control.RateHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests answer a list of queries: those of one source together, tag sets bounded per request.
 *
 * @param batches in the order of their first query
 * @param refusals why a query is not sent at all, by its index
 */
record ReadPlan(List<SourceBatch> batches, Map<Integer, String> refusals) {
    /**
     * Most tag sets of one request. Measured on 2.7: the time for the predicate grows with the square of it, 0.15 s at
     * 200 and 0.7 s at 500.
     */
    static final int MOST_TAG_SETS = 200;

    ReadPlan {
        batches = List.copyOf(batches);
        refusals = Map.copyOf(refusals);
    }

    static ReadPlan of(List<RateHistory.Query> queries, Instant now, QueryText text) {
        Map<Source, Set<List<String>>> tagSetsBySource = new LinkedHashMap<>();
        Map<Integer, String> refusals = new LinkedHashMap<>();
        for (int k = 0; k < queries.size(); k++) {
            RateHistory.Query query = queries.get(k);
            Optional<String> refusal = SourceRules.refusal(query.source()).or(() -> text.refusal(query.source()));
            Source source = Source.of(query, now);
            if (refusal.isPresent()) {
                refusals.put(k, refusal.get());
            } else if (!source.range().isEmpty()) {
                tagSetsBySource
                        .computeIfAbsent(source, s -> new LinkedHashSet<>())
                        .add(SourceBatch.tagSetOf(query));
            }
        }
        List<SourceBatch> batches = new ArrayList<>();
        tagSetsBySource.forEach((source, tagSets) -> {
            List<List<String>> all = List.copyOf(tagSets);
            for (int from = 0; from < all.size(); from += MOST_TAG_SETS) {
                batches.add(new SourceBatch(source, all.subList(from, Math.min(from + MOST_TAG_SETS, all.size()))));
            }
        });
        return new ReadPlan(batches, refusals);
    }
}

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
 * @param questions what became of each query, in their order
 * @param batches in the order of their first query
 */
record ReadPlan(List<Question> questions, List<SourceBatch> batches) {
    /**
     * Most tag sets of one request. Measured on 2.7: the time for the predicate grows with the square of it, 0.15 s at
     * 200 and 0.7 s at 500.
     */
    static final int MOST_TAG_SETS = 200;

    ReadPlan {
        questions = List.copyOf(questions);
        batches = List.copyOf(batches);
    }

    /** What became of a query. */
    sealed interface Question {}

    /** It is part of the batches of this source. */
    record Key(Source source, List<String> tagSet) implements Question {}

    /** It is not sent, and why. */
    record Refused(String reason) implements Question {}

    /** None of its steps is over. */
    record NothingYet() implements Question {}

    static ReadPlan of(List<RateHistory.Query> queries, Instant now, QueryText text) {
        List<Question> questions =
                queries.stream().map(query -> question(query, now, text)).toList();
        Map<Source, Set<List<String>>> tagSetsBySource = new LinkedHashMap<>();
        for (Question question : questions) {
            if (question instanceof Key key) {
                tagSetsBySource
                        .computeIfAbsent(key.source(), source -> new LinkedHashSet<>())
                        .add(key.tagSet());
            }
        }
        List<SourceBatch> batches = new ArrayList<>();
        tagSetsBySource.forEach((source, tagSets) -> {
            List<List<String>> all = List.copyOf(tagSets);
            for (int from = 0; from < all.size(); from += MOST_TAG_SETS) {
                batches.add(new SourceBatch(source, all.subList(from, Math.min(from + MOST_TAG_SETS, all.size()))));
            }
        });
        return new ReadPlan(questions, batches);
    }

    private static Question question(RateHistory.Query query, Instant now, QueryText text) {
        Optional<String> refusal = SourceRules.refusal(query.source()).or(() -> text.refusal(query.source()));
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        try {
            Source source = Source.of(query, now);
            return source.grid().size() == 0 ? new NothingYet() : new Key(source, SourceBatch.tagSetOf(query));
        } catch (IllegalArgumentException tooLong) {
            return new Refused(String.valueOf(tooLong.getMessage()));
        }
    }
}

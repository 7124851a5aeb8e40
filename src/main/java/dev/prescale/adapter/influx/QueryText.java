package dev.prescale.adapter.influx;

import dev.prescale.adapter.influx.SourceBatch.TimeRange;
import dev.prescale.control.TrafficSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the queries of one dialect: the only place where their text is made, so the only one that must escape. */
sealed interface QueryText permits FluxText, InfluxqlText {
    /**
     * Before the first sample of a range a counter needs one to be differenced with. Two steps rather than one, because a
     * scrape every step may fall just outside of a single one.
     */
    int COUNTER_LOOK_BACK_STEPS = 2;

    /** Why this source cannot be asked for in this dialect, as a sentence; empty where it can. */
    Optional<String> refusal(TrafficSource source);

    /** The query for a part of the batch's range. */
    String rates(SourceBatch batch, TimeRange range);

    /**
     * A cheap query that works only with read access.
     *
     * @param bucket null for the server as a whole
     */
    String probe(@Nullable String bucket);
}

package dev.prescale.adapter.influx;

import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleGrid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the queries of one dialect: the only place where their text is made, so the only one that must escape. */
sealed interface QueryText permits FluxText, InfluxqlText {
    /** Why this source cannot be asked for in this dialect, as a sentence; empty where it can. */
    Optional<String> refusal(TrafficSource source);

    /**
     * The query for a part of the batch's grid. Its rows are counts per step, or mean rates per step summed over the series
     * of a tag set; of a counter they are increases per step and series, from {@link SampleGrid#counterFrom} on, with a
     * row of 0 for a series' first sample.
     */
    String rates(SourceBatch batch, SampleGrid grid);

    /**
     * A cheap query that works only with read access.
     *
     * @param bucket null for the server as a whole
     */
    String probe(@Nullable String bucket);
}

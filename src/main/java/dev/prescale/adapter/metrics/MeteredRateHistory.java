package dev.prescale.adapter.metrics;

import dev.prescale.control.RateHistory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A history whose reads are timed and whose failed answers are counted. */
public final class MeteredRateHistory implements RateHistory {
    private final RateHistory history;
    private final Timer readTimer;
    private final Counter failures;

    public MeteredRateHistory(RateHistory history, MeterRegistry registry) {
        this.history = history;
        this.readTimer = Timer.builder("prescale.history.read")
                .description("Wall-clock time of one batched history read")
                .register(registry);
        this.failures = Counter.builder("prescale.history.read.failures")
                .description("Queries of history reads that failed")
                .register(registry);
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        List<Answer> answers = Objects.requireNonNull(readTimer.record(() -> history.read(queries, now)));
        failures.increment(answers.stream().filter(Failed.class::isInstance).count());
        return answers;
    }
}

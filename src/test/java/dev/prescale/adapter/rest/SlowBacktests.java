package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.Parallel;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.config.BacktestRequest;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.BundledTraces;
import dev.prescale.config.ReadResult;
import dev.prescale.config.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/** An engine that takes as long as the test wants. */
@Alternative
@ApplicationScoped
class SlowBacktests implements BacktestEngine {
    static final String BODY = """
            {"trace": {"name": "shop", "start": "2024-01-01T00:00:00Z", "step": "PT1M", "values": [%s]},
             "policies": ["oracle", "fixed"], "simulation": {"warmUp": "PT1H", "cycle": "PT1M"}}""".formatted(String.join(",", Collections.nCopies(120, "3")));

    private static final BundledTraces NONE = new BundledTraces() {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public Bundled read(String name) {
            throw new IllegalArgumentException(name);
        }
    };

    private final BlockingQueue<Run> begun = new LinkedBlockingQueue<>();

    static BacktestRequest aRequest() {
        if (StrictJson.parse(BODY) instanceof ReadResult.Valid<JsonNode> json
                && new BacktestRequestReader(NONE).read(json.value())
                        instanceof ReadResult.Valid<BacktestRequest> request) {
            return request.value();
        }
        throw new AssertionError("the request has faults");
    }

    /** What the real engine finds. */
    static BacktestResult resultOf(BacktestRequest request) {
        return new Backtest(
                        request.setup(),
                        List.of(ReplayPolicy.oracle(), ReplayPolicy.fixed()),
                        Parallel.IN_TURN,
                        BacktestWatch.NONE)
                .run(policy -> Replay.Listener.NONE)
                .orElseThrow();
    }

    @Override
    public Optional<BacktestResult> run(BacktestRequest request, BacktestWatch watch) {
        Run run = new Run(request, watch, new CompletableFuture<>());
        begun.add(run);
        try {
            return run.outcome().get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Waits for the next run to begin. */
    Run next() {
        try {
            return begun.take();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    boolean hasBegunAnother() {
        return !begun.isEmpty();
    }

    /** A run that has begun and goes on as the test says. */
    record Run(BacktestRequest request, BacktestWatch watch, CompletableFuture<Optional<BacktestResult>> outcome) {
        void reaches(double share) {
            watch.progress(share);
        }

        void ends() {
            outcome.complete(Optional.of(resultOf(request)));
        }

        void fails() {
            outcome.completeExceptionally(new IllegalStateException("token=secret"));
        }

        /** Asks as the real one does now and then; ends where it is stopped. */
        boolean endsWhereStopped() {
            return watch.isStopped() && outcome.complete(Optional.empty());
        }
    }
}

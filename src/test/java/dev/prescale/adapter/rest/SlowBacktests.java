package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.Parallel;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.config.BacktestRequest;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.ReadResult;
import dev.prescale.config.StrictJson;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.testing.NoTraces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    static final String REPORT = "<!doctype html><script>parent.stolen = sessionStorage</script>";

    private static final Fleet.Brain BRAIN = new Fleet.Brain(
            new CombinedForecaster(),
            (history, calendar, window, levels) -> new LeadTimeForecaster.TooShort("a test"),
            new CombinedDecisionRule());

    private final BlockingQueue<Run> begun = new LinkedBlockingQueue<>();

    static BacktestRequest aRequest() {
        BacktestRequestReader reader = new BacktestRequestReader(new NoTraces(), new NoTraces());
        if (StrictJson.parse(BODY) instanceof ReadResult.Valid<JsonNode> json
                && reader.read(json.value()) instanceof ReadResult.Valid<BacktestRequest> request) {
            return request.value();
        }
        throw new AssertionError("the request has faults");
    }

    /** What the real engine finds. */
    static BacktestResult resultOf(BacktestRequest request) {
        return replayed(request).result();
    }

    /** The same with its replay. */
    static Replayed replayed(BacktestRequest request) {
        ReplaySetup setup = request.setup();
        List<ReplayPolicy> policies = request.policies().stream()
                .map(name -> ReplayPolicies.named(name, BRAIN).orElseThrow())
                .toList();
        Map<String, ReplayTrack> tracks = new LinkedHashMap<>();
        policies.forEach(policy -> tracks.put(policy.name(), new ReplayTrack(policy.name(), setup.from(), setup.to())));
        BacktestResult result = new Backtest(setup, policies, Parallel.IN_TURN, BacktestWatch.NONE)
                .run(tracks::get)
                .orElseThrow();
        return new Replayed(
                result,
                setup,
                List.copyOf(tracks.values()),
                PackedFile.of(out -> out.write(REPORT.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Optional<Replayed> run(BacktestRequest request, BacktestWatch watch) {
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
    record Run(BacktestRequest request, BacktestWatch watch, CompletableFuture<Optional<Replayed>> outcome) {
        void reaches(double share) {
            watch.progress(share);
        }

        void ends() {
            outcome.complete(Optional.of(replayed(request)));
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

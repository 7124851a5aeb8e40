package dev.prescale.app;

import dev.prescale.adapter.report.ReportPage;
import dev.prescale.adapter.rest.BacktestEngine;
import dev.prescale.adapter.rest.PackedFile;
import dev.prescale.adapter.rest.Replayed;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.config.BacktestRequest;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.SharedModel;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Backtests beside the running service: with a brain and threads of their own, so that the control loop does not feel them. */
@Singleton
class ServiceBacktests implements BacktestEngine {
    private final SharedModel shared;
    private final ProcessorPool pool = ProcessorPool.besideTheService("backtest");

    /** @param shared what was learned across endpoints, which nobody changes */
    ServiceBacktests(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public Optional<Replayed> run(BacktestRequest request, BacktestWatch watch) {
        Fleet.Brain brain = Brains.production(shared);
        ReplaySetup setup = request.setup();
        List<ReplayPolicy> policies = BacktestPolicies.of(request.policies(), brain);
        Map<String, ReplayTrack> tracks = new LinkedHashMap<>();
        policies.forEach(policy -> tracks.put(policy.name(), new ReplayTrack(policy.name(), setup.from(), setup.to())));
        return new Backtest(setup, policies, pool, watch)
                .run(policy -> Objects.requireNonNull(tracks.get(policy), policy))
                .map(result -> replayed(request, result, List.copyOf(tracks.values())));
    }

    /** Of the trails that the report has, only that of Prescale is kept beside it: they are most of what a replay takes. */
    private static Replayed replayed(BacktestRequest request, BacktestResult result, List<ReplayTrack> tracks) {
        ReplaySetup setup = request.setup();
        ReportPage page = new ReportPage(
                setup,
                result,
                tracks,
                new ReportPage.Origin(
                        "POST /api/v1/backtests" + System.lineSeparator() + request.told(),
                        ReplayNotes.of(setup),
                        request.specText()));
        List<ReplayTrack> kept = tracks.stream()
                .map(track -> track.policy().equals(ReplayPolicy.PRESCALE) ? track : track.withoutTrail())
                .toList();
        return new Replayed(result, setup, kept, PackedFile.of(page::write));
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}

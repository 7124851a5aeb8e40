package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What each of some policies would have cost on the traffic of one endpoint:
 *
 * <ol>
 *   <li>every policy is replayed on its own simulated workload;
 *   <li>each is replayed again with its headroom moved, until it has the violation minutes of Prescale;
 *   <li>what came of it is said in sentences.
 * </ol>
 *
 * Replays run side by side and do not depend on each other: the same setup gives the same result, to the last bit.
 */
public final class Backtest {
    private final ReplaySetup setup;
    private final List<ReplayPolicy> policies;
    private final Parallel parallel;
    private final BacktestWatch watch;
    private final BacktestProgress progress;

    /** @param setup with one endpoint */
    public Backtest(ReplaySetup setup, List<ReplayPolicy> policies, Parallel parallel, BacktestWatch watch) {
        Require.that(setup.endpoints().size() == 1, "a backtest has one endpoint");
        Require.that(!policies.isEmpty(), "a backtest needs a policy");
        this.setup = setup;
        this.policies = List.copyOf(policies);
        this.parallel = parallel;
        this.watch = watch;
        this.progress = new BacktestProgress(watch);
    }

    /**
     * Runs to the end.
     *
     * @param listeners one per policy, by its name, told of its first replay; called from the thread that runs it
     * @return empty where it was stopped
     */
    public Optional<BacktestResult> run(Function<String, Replay.Listener> listeners) {
        boolean comparesAtEqualService = isPrescaleAmong(policies);
        int searches = comparesAtEqualService ? policies.size() - 1 : 0;
        int work = policies.size() + 1 + searches * HeadroomSearch.MOST_RUNS;
        List<Supplier<Optional<PolicyRun>>> replays = new ArrayList<>();
        for (ReplayPolicy policy : policies) {
            replays.add(() -> replay(setup, policy, listeners.apply(policy.name()), 1.0 / work));
        }
        List<PolicyRun> runs =
                parallel.run(replays).stream().flatMap(Optional::stream).toList();
        if (runs.size() < policies.size()) {
            return Optional.empty();
        }
        Scorecard card = Scorecard.of(
                setup,
                setup.endpoints().getFirst(),
                setup.from(),
                setup.to(),
                runs.stream().map(PolicyRun::score).toList());
        List<Search> searched =
                comparesAtEqualService ? searched(runs, (double) HeadroomSearch.MOST_RUNS / work) : List.of();
        List<BacktestResult.EqualService> equal =
                searched.stream().flatMap(search -> search.found().stream()).toList();
        Optional<Scorecard.Score> slower = slower(runs, 1.0 / work);
        if (watch.isStopped()) {
            return Optional.empty();
        }
        List<String> advice = new Advice(setup, card, equal, slower, runs).sentences();
        progress.done();
        List<BacktestResult.Point> frontier =
                searched.stream().flatMap(search -> search.points().stream()).toList();
        return Optional.of(new BacktestResult(card, equal, frontier, advice));
    }

    private static boolean isPrescaleAmong(List<ReplayPolicy> policies) {
        return policies.stream().anyMatch(policy -> policy.name().equals(ReplayPolicy.PRESCALE));
    }

    private Optional<PolicyRun> replay(
            ReplaySetup replayed, ReplayPolicy policy, Replay.Listener listener, double share) {
        BacktestProgress.Part part = progress.part(share);
        return PolicyRun.of(replayed, policy, listener, watch, part::reach);
    }

    /** @param points of its runs, by headroom */
    private record Search(Optional<BacktestResult.EqualService> found, List<BacktestResult.Point> points) {
        static final Search NONE = new Search(Optional.empty(), List.of());
    }

    /** A search that ends early has its share of the progress at its end. */
    private List<Search> searched(List<PolicyRun> runs, double share) {
        double wanted = runs.stream()
                .filter(run -> run.policy().name().equals(ReplayPolicy.PRESCALE))
                .mapToDouble(run -> run.score().violationMinutes())
                .findFirst()
                .orElseThrow();
        List<Supplier<Search>> searches = new ArrayList<>();
        for (PolicyRun run : runs) {
            searches.add(() -> searched(run, wanted, share));
        }
        return parallel.run(searches);
    }

    private Search searched(PolicyRun run, double wanted, double share) {
        if (run.policy().name().equals(ReplayPolicy.PRESCALE)) {
            var asIs = new BacktestResult.EqualService(
                    ReplayPolicy.PRESCALE, wanted, run.score().replicaHours());
            return new Search(Optional.of(asIs), List.of());
        }
        if (run.policy().withHeadroom(1).isEmpty()) {
            return Search.NONE;
        }
        BacktestProgress.Part part = progress.part(share);
        List<BacktestResult.Point> points = new ArrayList<>();
        var search = new HeadroomSearch(wanted, headroom -> {
            ReplayPolicy moved = run.policy().withHeadroom(headroom).orElseThrow();
            Optional<PolicyRun> again = PolicyRun.of(
                    setup,
                    moved,
                    Replay.Listener.NONE,
                    watch,
                    passed -> part.reach((points.size() + passed) / HeadroomSearch.MOST_RUNS));
            again.ifPresent(done -> points.add(point(run.policy(), headroom, done.score())));
            return again.map(PolicyRun::score).orElse(null);
        });
        Optional<BacktestResult.EqualService> found = search.from(run.score());
        part.reach(1);
        points.sort(Comparator.comparingDouble(BacktestResult.Point::headroom));
        return new Search(found, points);
    }

    private static BacktestResult.Point point(ReplayPolicy policy, double headroom, Scorecard.Score score) {
        return new BacktestResult.Point(policy.name(), headroom, score.replicaHours(), score.violationMinutes());
    }

    /** Prescale, or else the first policy, with replicas that take a minute longer to start. */
    private Optional<Scorecard.Score> slower(List<PolicyRun> runs, double share) {
        ReplayPolicy advised = Advice.advised(runs).policy();
        return setup.withLongerStart(Advice.LONGER_START)
                .flatMap(longer -> replay(longer, advised, Replay.Listener.NONE, share))
                .map(PolicyRun::score);
    }
}

package dev.prescale.backtest;

import dev.prescale.backtest.TuningGoal.Aim;
import dev.prescale.backtest.TuningGoal.Outlook;
import dev.prescale.backtest.TuningResult.Candidate;
import dev.prescale.backtest.TuningResult.Fold;
import dev.prescale.backtest.TuningResult.Verdict;
import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Searches the settings of a specification by replays of the production cycle, with blocked cross-validation: the time after the warm-up
 * is cut into blocks, and for each block settings are chosen on all others and judged on this one.
 *
 * <p>Settings are replayed once, over all blocks, and scored block by block, so that the searches of all folds share their replays; each
 * sees only scores of the blocks that it is tuned on. All replays meet the same start times and faults (common random numbers). The same
 * setup gives the same result, whatever runs side by side.
 */
public final class Tuning {
    /** Fewest replays: less could not move each key once. */
    public static final int FEWEST_REPLAYS = 10;

    /** So many are proposed a round by the search on all blocks; each fold proposes one. */
    private static final int PROPOSALS = 2;

    /** Where a limit is exceeded by less on days not tuned on, it counts as kept: violation minutes come in bursts. */
    private static final double SLACK = 1.1;

    private final ReplaySetup setup;
    private final ReplayPolicy policy;
    private final TuningGoal goal;
    private final int mostReplays;
    private final Parallel parallel;
    private final BacktestWatch watch;
    private final BacktestProgress progress;
    private final TuningBlocks blocks;
    private final TuningSpace space;
    private final TuningGrid grid;
    private final Map<Integer, List<TuningScore>> scores = new LinkedHashMap<>();

    /**
     * @param setup with one endpoint, whose specification is tuned
     * @param policy the production cycle, {@link ReplayPolicy#prescale}
     * @param folds blocks; {@link IllegalArgumentException} where the replay is too short for them
     */
    public Tuning(
            ReplaySetup setup,
            ReplayPolicy policy,
            TuningGoal goal,
            int folds,
            int mostReplays,
            Parallel parallel,
            BacktestWatch watch) {
        Require.that(setup.endpoints().size() == 1, "a tuning has one endpoint");
        Require.that(mostReplays >= FEWEST_REPLAYS, "replays must be at least %s, was %s", FEWEST_REPLAYS, mostReplays);
        this.setup = setup;
        this.policy = policy;
        this.goal = goal;
        this.mostReplays = mostReplays;
        this.parallel = parallel;
        this.watch = watch;
        this.progress = new BacktestProgress(watch);
        this.blocks = TuningBlocks.of(setup, folds);
        this.space = TuningSpace.of(setup.endpoints().getFirst(), setup.from());
        this.grid = new TuningGrid(space);
    }

    /** Runs to the end or until it is stopped; empty where it was stopped before the present settings were replayed. */
    public Optional<TuningResult> run() {
        replay(grid.oneAtATime().stream().limit(mostReplays).toList());
        if (!scores.containsKey(grid.present())) {
            return Optional.empty();
        }
        List<Integer> next = proposals();
        while (!watch.isStopped() && !next.isEmpty()) {
            replay(next);
            next = proposals();
        }
        boolean isComplete = !watch.isStopped();
        if (isComplete) {
            progress.done();
        }
        return Optional.of(result(isComplete));
    }

    private void replay(List<Integer> settings) {
        List<Supplier<Optional<List<TuningScore>>>> replays = new ArrayList<>();
        settings.forEach(each -> replays.add(() -> replay(each)));
        List<Optional<List<TuningScore>>> done = parallel.run(replays);
        for (int k = 0; k < settings.size(); k++) {
            int number = settings.get(k);
            done.get(k).ifPresent(score -> scores.put(number, score));
        }
    }

    private Optional<List<TuningScore>> replay(int settings) {
        ReplaySetup.Endpoint is = setup.endpoints().getFirst();
        var endpoint = new ReplaySetup.Endpoint(is.trace(), space.replayed(grid.settings(settings)), is.startTime());
        ReplaySetup changed = new ReplaySetup(
                List.of(endpoint), setup.from(), setup.to(), setup.cycle(), setup.simulation(), setup.seed());
        TuningTally tally = new TuningTally(blocks, endpoint.spec());
        BacktestProgress.Part part = progress.part(1.0 / mostReplays);
        return PolicyRun.of(changed, policy, tally, watch, part::reach).map(run -> tally.scores());
    }

    /** Of all searches; where none thinks that anything is better, whether fewer changes would do. */
    private List<Integer> proposals() {
        List<TuningSearch> searches = new ArrayList<>(List.of(searchOn(block -> true)));
        for (int k = 0; k < blocks.count(); k++) {
            int heldOut = k;
            searches.add(searchOn(block -> block != heldOut));
        }
        Set<Integer> proposed = new LinkedHashSet<>();
        for (TuningSearch search : searches) {
            proposed.addAll(search.proposals(search == searches.getFirst() ? PROPOSALS : 1));
        }
        if (proposed.isEmpty()) {
            searches.forEach(search -> proposed.addAll(search.simplifications()));
        }
        return proposed.stream().limit(mostReplays - scores.size()).toList();
    }

    private TuningSearch searchOn(IntPredicate isTunedOn) {
        TuningScore present = score(grid.present(), isTunedOn);
        Map<Integer, Outlook> outlooks = new LinkedHashMap<>();
        scores.keySet().forEach(settings -> outlooks.put(settings, Outlook.of(score(settings, isTunedOn))));
        return new TuningSearch(grid, goal.on(present), outlooks, present.days());
    }

    private TuningScore score(int settings, IntPredicate isCounted) {
        List<TuningScore> each = scores.getOrDefault(settings, List.of());
        return IntStream.range(0, each.size())
                .filter(isCounted)
                .mapToObj(each::get)
                .reduce(TuningScore.ZERO, TuningScore::plus);
    }

    private TuningResult result(boolean isComplete) {
        List<Fold> folds =
                IntStream.range(0, blocks.count()).mapToObj(this::fold).toList();
        Candidate present = candidate(grid.present());
        Candidate best = candidate(searchOn(block -> true).best());
        Aim aim = goal.on(present.score());
        Verdict verdict = verdict(aim, present, best, folds);
        boolean isKept = verdict == Verdict.PRESENT_IS_BEST || verdict == Verdict.NOT_CONFIRMED;
        return new TuningResult(
                goal,
                aim.limitPerDay(),
                present,
                isKept ? present : best,
                without(isKept ? present : best),
                verdict,
                frontier(),
                folds,
                scores.size(),
                isComplete);
    }

    private Fold fold(int heldOut) {
        int best = searchOn(block -> block != heldOut).best();
        return new Fold(
                blocks.begin(heldOut),
                blocks.end(heldOut),
                grid.settings(best),
                score(best, block -> block != heldOut),
                score(grid.present(), block -> block != heldOut),
                score(best, block -> block == heldOut),
                score(grid.present(), block -> block == heldOut));
    }

    private static Verdict verdict(Aim aim, Candidate present, Candidate best, List<Fold> folds) {
        if (!aim.isWithin(Outlook.of(best.score()))) {
            return Verdict.LIMIT_NOT_REACHED;
        }
        if (best.settings().equals(present.settings())) {
            return Verdict.PRESENT_IS_BEST;
        }
        Outlook is = Outlook.of(present.score());
        Outlook heldOut = Outlook.of(folds.stream().map(Fold::heldOut).reduce(TuningScore.ZERO, TuningScore::plus));
        if (!aim.isWithin(is) && aim.limitedOf(heldOut) < aim.limitedOf(is)) {
            return Verdict.BETTER;
        }
        boolean keepsLimit = aim.limitedOf(heldOut) <= SLACK * aim.limitPerDay();
        return keepsLimit && aim.objectiveOf(heldOut) < aim.objectiveOf(is) ? Verdict.BETTER : Verdict.NOT_CONFIRMED;
    }

    /** Of settings that did the same those that change the fewest keys. */
    private List<Candidate> frontier() {
        Map<TuningScore, Candidate> distinct = new LinkedHashMap<>();
        TuningSettings present = grid.settings(grid.present());
        scores.keySet().stream()
                .map(this::candidate)
                .sorted(Comparator.comparingInt(each -> each.settings().differencesTo(present)))
                .forEach(each -> distinct.putIfAbsent(each.score(), each));
        Collection<Candidate> all = distinct.values();
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> one.score().isDominatedBy(other.score())))
                .sorted(Comparator.comparingDouble(one -> one.score().replicaHours()))
                .toList();
    }

    private Map<TuningKnob, TuningScore> without(Candidate chosen) {
        Map<TuningKnob, TuningScore> without = new EnumMap<>(TuningKnob.class);
        for (int settings : scores.keySet()) {
            TuningSettings other = grid.settings(settings);
            if (other.differencesTo(chosen.settings()) == 1) {
                chosen.settings().values().forEach((knob, value) -> {
                    double now = knob.of(space.spec());
                    if (value != now && other.equals(chosen.settings().with(knob, now))) {
                        without.put(knob, score(settings, block -> true));
                    }
                });
            }
        }
        return without;
    }

    private Candidate candidate(int settings) {
        return new Candidate(grid.settings(settings), score(settings, block -> true));
    }
}

package dev.prescale.backtest;

import dev.prescale.backtest.TuningGoal.Aim;
import dev.prescale.backtest.TuningGoal.Outlook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Chooses settings by what replays of others have shown on some blocks, and knows nothing of the other blocks.
 *
 * <p>Each key has been moved alone from the present settings {@code p}. Of settings {@code x} that have not been replayed it is thought,
 * with {@code y} those of the replayed ones that differ from {@code x} in the fewest keys (of several the best),
 * <pre>
 *   ln m(x) = ln m(y) + sum over keys j in which they differ of e_j(x_j) - e_j(y_j)
 *   e_j(l)  = ln m(p with key j at level l) - ln m(p)
 * </pre>
 * for {@code m} the cost and for {@code m} the violation minutes plus one: keys act on their own, on a scale of ratios. Where they do
 * not, the next replay says so, and what is near to it is thought of anew.
 */
final class TuningSearch {
    /** Further from what has been replayed nothing is predicted: keys do not act on their own for ever. */
    private static final int FARTHEST = 3;

    /** Settings whose objective is this share apart are equally good: those that change fewer keys win. */
    private static final double SAME_WITHIN = 0.001;

    private final TuningGrid grid;
    private final Aim aim;
    private final double minutesPerDay;
    private final Map<Integer, Outlook> replayed;
    private final List<Integer> bestFirst;

    /**
     * @param replayed with the present settings among them, by their number
     * @param days that they were scored on
     */
    TuningSearch(TuningGrid grid, Aim aim, Map<Integer, Outlook> replayed, double days) {
        this.grid = grid;
        this.aim = aim;
        this.replayed = replayed;
        this.minutesPerDay = 1 / days;
        this.bestFirst = new ArrayList<>(replayed.keySet());
        bestFirst.sort(Comparator.comparing(this::at, aim).thenComparing(Comparator.naturalOrder()));
    }

    private Outlook at(int settings) {
        Outlook outlook = replayed.get(settings);
        if (outlook == null) {
            throw new IllegalArgumentException("settings %d were not replayed".formatted(settings));
        }
        return outlook;
    }

    /** The best that was replayed; of those that are as good the one that changes the fewest keys. */
    int best() {
        Outlook top = at(bestFirst.getFirst());
        return bestFirst.stream()
                .filter(settings -> isAsGood(at(settings), top))
                .min(Comparator.comparingInt(settings -> grid.distance(settings, grid.present())))
                .orElseThrow();
    }

    private boolean isAsGood(Outlook outlook, Outlook top) {
        return aim.excessOf(outlook) <= aim.excessOf(top)
                && aim.objectiveOf(outlook) <= aim.objectiveOf(top) * (1 + SAME_WITHIN);
    }

    /** Settings that are worth a replay, the most promising first; none where nothing is thought to be better. */
    List<Integer> proposals(int most) {
        Outlook top = at(bestFirst.getFirst());
        double[][] costEffects = new double[grid.knobs()][];
        double[][] violationEffects = new double[grid.knobs()][];
        effects(costEffects, violationEffects);
        List<Proposal> found = new ArrayList<>();
        for (int settings = 0; settings < grid.size(); settings++) {
            if (replayed.containsKey(settings)) {
                continue;
            }
            int nearest = nearest(settings);
            if (nearest < 0) {
                continue;
            }
            Outlook from = at(nearest);
            double cost = Math.log(from.cost());
            double violations = Math.log(from.violations() + minutesPerDay);
            for (int j = 0; j < grid.knobs(); j++) {
                int to = grid.level(settings, j);
                int was = grid.level(nearest, j);
                if (to != was) {
                    cost += costEffects[j][to] - costEffects[j][was];
                    violations += violationEffects[j][to] - violationEffects[j][was];
                }
            }
            Outlook thought = new Outlook(Math.exp(cost), Math.max(0, Math.exp(violations) - minutesPerDay));
            if (isBetter(thought, top)) {
                found.add(new Proposal(settings, thought));
            }
        }
        found.sort(Comparator.comparing(Proposal::thought, aim).thenComparing(Proposal::settings));
        return found.stream()
                .map(Proposal::settings)
                .filter(grid::allows)
                .limit(most)
                .toList();
    }

    /** The best with one of its keys as it is now, where that was not replayed: a key that does not matter is to be left alone. */
    List<Integer> simplifications() {
        int best = best();
        List<Integer> simpler = new ArrayList<>();
        for (int j = 0; j < grid.knobs(); j++) {
            int without = grid.withLevel(best, j, grid.level(grid.present(), j));
            if (!replayed.containsKey(without) && grid.allows(without)) {
                simpler.add(without);
            }
        }
        return simpler;
    }

    /** False too where a key's level was never replayed: what is thought of it is not a number. */
    private boolean isBetter(Outlook thought, Outlook top) {
        if (Double.isNaN(thought.cost()) || Double.isNaN(thought.violations())) {
            return false;
        }
        return aim.excessOf(thought) < aim.excessOf(top) * (1 - SAME_WITHIN)
                || (aim.excessOf(thought) <= aim.excessOf(top)
                        && aim.objectiveOf(thought) < aim.objectiveOf(top) * (1 - SAME_WITHIN));
    }

    private void effects(double[][] costs, double[][] violations) {
        int present = grid.present();
        Outlook now = at(present);
        for (int j = 0; j < grid.knobs(); j++) {
            costs[j] = new double[grid.levels(j)];
            violations[j] = new double[grid.levels(j)];
            for (int level = 0; level < grid.levels(j); level++) {
                Outlook moved = replayed.get(grid.withLevel(present, j, level));
                costs[j][level] = moved == null ? Double.NaN : Math.log(moved.cost() / now.cost());
                violations[j][level] = moved == null
                        ? Double.NaN
                        : Math.log((moved.violations() + minutesPerDay) / (now.violations() + minutesPerDay));
            }
        }
    }

    private int nearest(int settings) {
        int nearest = -1;
        int least = FARTHEST + 1;
        for (int other : bestFirst) {
            int distance = grid.distance(settings, other);
            if (distance < least) {
                least = distance;
                nearest = other;
            }
        }
        return nearest;
    }

    private record Proposal(int settings, Outlook thought) {}
}

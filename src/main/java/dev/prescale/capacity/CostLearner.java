package dev.prescale.capacity;

import java.util.List;

/** Port: learns from samples what a request of each model costs. */
public interface CostLearner {
    /**
     * The costs that explain the samples best. Deterministic: the same samples give the same costs and the same version.
     *
     * @param models whose costs are asked for
     * @param samples oldest first, each with a rate of every model
     */
    Outcome learn(List<String> models, List<CostSample> samples);

    /** Outcome of learning. */
    sealed interface Outcome {}

    record Learned(LearnedCosts costs) implements Outcome {}

    /** The samples do not tell; the reason is part of a sentence. */
    record Undetermined(String reason) implements Outcome {}
}

package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the requests of one endpoint cost, learned while it runs: utilization times ready replicas is laid beside the rates of
 * the models, as means of {@link #SAMPLE} each. Learning is due once enough of them are there and then hourly; it takes some ten milliseconds, so whoever runs
 * the cycle says when. Holds at most {@link #MOST_SAMPLES} of them, two days. Not thread-safe.
 *
 * <p>During a rollout two versions share the traffic, so what is seen is of neither: nothing is taken in and the estimate stays as
 * it is, however long a canary runs. After it the samples of the version before say nothing any more. They are dropped; the
 * estimate goes on with its error bar doubled and at least {@link #LEAST_WIDENED}, shrinking back as samples of the new version come,
 * until they are enough to learn anew.
 */
public final class CostLearning {
    public static final Duration SAMPLE = Duration.ofMinutes(5);
    public static final int MOST_SAMPLES = 576;

    /** Error bar of an estimate of another version, as a fraction. */
    public static final double LEAST_WIDENED = 0.25;

    private static final int LEAST_SAMPLES = 12;
    private static final int SAMPLES_PER_MODEL = 4;
    private static final int SAMPLES_BETWEEN_LEARNING = 12;
    private static final int FORMAT = 1;

    private final List<String> models;
    private final CostLearner learner;
    private final ArrayDeque<CostSample> samples = new ArrayDeque<>();
    private OpenSample open;
    private boolean inRollout;
    private CostEstimate estimate;
    private boolean learnedFromAnotherVersion;
    private int newSamples;
    private String lastReason = "";

    public CostLearning(List<String> models, CostLearner learner) {
        Require.that(!models.isEmpty(), "there must be a model to learn the cost of");
        this.models = List.copyOf(models);
        this.learner = learner;
        this.open = new OpenSample(this.models, Instant.MIN);
        this.estimate = unknown();
    }

    /**
     * Takes in one reading. One that is not whole is left out, and so is one without ready replicas or without requests, which says
     * nothing of a cost. Called once per cycle, in order of time.
     *
     * @param rates req/s by model; models that are not known are left out
     * @param utilization mean of the ready replicas as a fraction, empty where it is not known
     */
    public void observe(
            Instant at,
            Map<String, Double> rates,
            OptionalDouble utilization,
            int readyReplicas,
            boolean rolloutInProgress) {
        if (rolloutInProgress) {
            inRollout = true;
            open = new OpenSample(models, Instant.MIN);
            return;
        }
        if (inRollout) {
            inRollout = false;
            forgetTheVersionBefore();
        }
        if (!isWhole(rates, utilization) || readyReplicas <= 0) {
            return;
        }
        Instant begin =
                Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), SAMPLE.toSeconds()) * SAMPLE.toSeconds());
        if (!begin.equals(open.at())) {
            close();
            open = new OpenSample(models, begin);
        }
        open.add(rates, utilization.getAsDouble() * readyReplicas);
    }

    /** What requests cost as far as it is known now. */
    public CostEstimate costs() {
        return estimate;
    }

    private boolean isWhole(Map<String, Double> rates, OptionalDouble utilization) {
        double busy = utilization.orElse(Double.NaN);
        double total = 0;
        for (String model : models) {
            // NaN for a rate that is missing: no comparison holds.
            total += rates.getOrDefault(model, Double.NaN);
        }
        return total > 0 && total < Double.POSITIVE_INFINITY && busy >= 0 && busy < Double.POSITIVE_INFINITY;
    }

    private void forgetTheVersionBefore() {
        samples.clear();
        newSamples = 0;
        lastReason = "";
        learnedFromAnotherVersion = true;
        refresh();
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        samples.addLast(open.mean());
        if (samples.size() > MOST_SAMPLES) {
            samples.removeFirst();
        }
        newSamples++;
        refresh();
    }

    /** Whether there are enough samples that nothing was learned from yet. */
    public boolean isLearningDue() {
        return samples.size() >= samplesNeeded() && newSamples >= SAMPLES_BETWEEN_LEARNING;
    }

    /** Asks the learner now; what it says replaces the estimate, and where it cannot tell the estimate stays. */
    public void learn() {
        newSamples = 0;
        switch (learner.learn(models, List.copyOf(samples))) {
            case CostLearner.Learned learned -> {
                estimate = new CostEstimate.Known(learned.costs().planned(0), learned.costs(), 0);
                learnedFromAnotherVersion = false;
            }
            case CostLearner.Undetermined undetermined -> lastReason = undetermined.reason();
        }
        refresh();
    }

    private void refresh() {
        switch (estimate) {
            case CostEstimate.Known known -> {
                double widened = learnedFromAnotherVersion ? widenedBar(known.learned()) : 0;
                estimate = new CostEstimate.Known(known.learned().planned(widened), known.learned(), widened);
            }
            case CostEstimate.Unknown ignored -> estimate = unknown();
        }
    }

    /** From the wide bar after a rollout down to what had been learned, in step with the samples that are needed. */
    private double widenedBar(LearnedCosts learned) {
        double wide = Math.max(2 * learned.errorBar(), LEAST_WIDENED);
        double known = Math.min(1, (double) samples.size() / samplesNeeded());
        return wide + (learned.errorBar() - wide) * known;
    }

    private CostEstimate.Unknown unknown() {
        return new CostEstimate.Unknown(
                lastReason.isEmpty()
                        ? "%d of %d samples of %d min with requests are there"
                                .formatted(samples.size(), samplesNeeded(), SAMPLE.toMinutes())
                        : lastReason);
    }

    private int samplesNeeded() {
        return Math.max(LEAST_SAMPLES, SAMPLES_PER_MODEL * models.size());
    }

    /** Writes everything but the sample that is being taken. */
    public void writeTo(DataOutput out) throws IOException {
        CostState.write(new CostState(FORMAT, models, List.copyOf(samples), estimate, afterRollout()), out);
    }

    /** A rollout that is under way when the state is written may be over when it is read: it counts as over. */
    private boolean afterRollout() {
        return learnedFromAnotherVersion || inRollout;
    }

    /**
     * Takes over what {@link #writeTo} wrote.
     *
     * @throws IOException where it is of other models or another format; nothing is changed then
     */
    public void readFrom(DataInput in) throws IOException {
        CostState state = CostState.read(FORMAT, models, in);
        samples.clear();
        samples.addAll(state.samples());
        newSamples = 0;
        estimate = state.estimate();
        learnedFromAnotherVersion = state.afterRollout();
        refresh();
    }
}

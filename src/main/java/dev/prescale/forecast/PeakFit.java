package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fit of the candidates for a lead-time demand: the regression on the last 21 days where there are four, and what every
 * candidate would have issued over the last 5 days, each prediction by a regression of the days before it.
 */
final class PeakFit {
    private static final int LEAST_DAYS_REGRESSION = 4;
    private static final int TRAINING_DAYS = 21;
    private static final int CALIBRATION_DAYS = 5;
    private static final int FIRST_TRAINING_DAYS = 2;
    /** The calibration days are predicted in this many parts. */
    private static final int CALIBRATION_PARTS = 3;

    /** Seven minutes meet every phase of traffic that is told every five or ten. */
    private static final int ISSUED_EVERY_SECONDS = 420;

    private static final int FEWEST_ROWS = 100;

    private final LearningHistory learning;
    private final PeakFeatures features;
    private final QuantileLevels levels;
    private final @Nullable SharedPeaks shared;
    /** Number of the first step of the history since the epoch. */
    private final int number;

    private final Step step;
    private final int knownSteps;
    private final int stride;

    PeakFit(LearningHistory learning, int number, PeakSpan span, QuantileLevels levels, @Nullable SharedPeaks shared) {
        this.learning = learning;
        this.features = new PeakFeatures(learning, span, PeakFeatures.offsetOf(learning));
        this.levels = levels;
        this.shared = shared;
        this.number = number;
        this.step = learning.step();
        this.knownSteps = learning.size() - learning.firstKnown();
        // of a few hours every window counts
        this.stride = knownSteps < step.perDay() ? 1 : Math.max(1, ISSUED_EVERY_SECONDS / step.seconds());
    }

    PeakFeatures features() {
        return features;
    }

    private boolean regresses() {
        return knownSteps >= LEAST_DAYS_REGRESSION * step.perDay();
    }

    /** Whether the record of a model can go on under this fit. */
    boolean continues(IssuedPeaks issued, List<PeakSource> sources) {
        return issued.isLike(features.span(), stride) && (sources.getFirst() == PeakSource.DIRECT) == regresses();
    }

    /** The candidates fitted anew, the regression from where it was. */
    PeakCandidates refitted(PeakCandidates before) {
        if (!regresses()) {
            return candidates(null);
        }
        PeakSample sample = sample(TRAINING_DAYS);
        PeakRegression regression = (PeakRegression) before.predictor(0);
        return sample.size() < FEWEST_ROWS ? before : candidates(regression.refitted(sample, 0, sample.size(), levels));
    }

    /** The candidates, with a record of what they would have issued. */
    OnlinePeaks.Candidacy fitted() {
        PeakSample issuable = sample(CALIBRATION_DAYS, stride);
        PeakSample sample = regresses() ? sample(TRAINING_DAYS + CALIBRATION_DAYS) : issuable;
        int firstIssued = learning.size()
                - Math.min(CALIBRATION_DAYS * step.perDay(), knownSteps - FIRST_TRAINING_DAYS * step.perDay());
        boolean regresses =
                regresses() && sample.positionOf(firstIssued - features.span().end()) >= FEWEST_ROWS;
        PeakCandidates candidates;
        IssuedPeaks issued;
        if (regresses) {
            PeakRegression first = PeakRegression.fitted(
                    sample,
                    sample.positionOf(firstIssued - TRAINING_DAYS * step.perDay()),
                    sample.positionOf(firstIssued - features.span().end() + 1),
                    levels);
            candidates = candidates(first);
            issued = new IssuedPeaks(candidates, features.span(), stride, step.seconds());
            candidates = issueInParts(sample, issuable, firstIssued, candidates, issued);
        } else {
            candidates = candidates(null);
            issued = new IssuedPeaks(candidates, features.span(), stride, step.seconds());
            issue(issuable, candidates, issued, 0, issuable.size());
        }
        issued.renew(number + learning.size());
        issued.judgeLearned(features, issuable.targets(), issuable.levels(), issuable.size());
        return new OnlinePeaks.Candidacy(candidates, issued);
    }

    private PeakCandidates issueInParts(
            PeakSample sample, PeakSample issuable, int firstIssued, PeakCandidates first, IssuedPeaks issued) {
        PeakCandidates candidates = first;
        int end = sample.historySize();
        int from = firstIssued;
        for (int part = 1; part <= CALIBRATION_PARTS; part++) {
            int next = firstIssued + part * (end - firstIssued) / CALIBRATION_PARTS;
            issue(issuable, candidates, issued, issuable.positionOf(from), issuable.positionOf(next));
            int firstRow = sample.positionOf(next - TRAINING_DAYS * step.perDay());
            int endRow = sample.positionOf(next - features.span().end() + 1);
            candidates =
                    candidates(((PeakRegression) candidates.predictor(0)).refitted(sample, firstRow, endRow, levels));
            from = next;
        }
        return candidates;
    }

    private void issue(PeakSample sample, PeakCandidates candidates, IssuedPeaks issued, int from, int to) {
        double[] logRatios = new double[candidates.series()];
        for (int k = from; k < to; k++) {
            candidates.predict(sample.rows()[k], logRatios);
            issued.learn(number + sample.step(k), sample.targets()[k], logRatios);
        }
    }

    private PeakSample sample(int days) {
        return sample(days, PeakSample.strideOf(step));
    }

    /** The steps of the last days whose number is a multiple of the stride. */
    private PeakSample sample(int days, int every) {
        int first = Math.max(learning.firstKnown() + 1, learning.size() - days * step.perDay());
        return PeakSample.of(learning, features, first + Math.floorMod(-first - number, every), every);
    }

    private PeakCandidates candidates(@Nullable PeakRegression regression) {
        return PeakCandidates.of(levels, regression, features.span().predictor(shared, step, levels));
    }
}

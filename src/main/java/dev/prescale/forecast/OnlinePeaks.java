package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The state of a lead-time demand between two fits, in flat arrays. A new rate costs O(1) and allocates nothing: it is appended to
 * the rolling sums, settles the predictions whose window has passed, and every hour the calibration is made anew and the best of
 * the candidates chosen to speak. Steps are numbered since the epoch. Not thread-safe.
 */
final class OnlinePeaks {
    /** How much less a candidate's loss must be than that of the one who speaks. */
    private static final double MARGIN = 0.03;

    /** The same for what was a day or a week ago, which knows nothing of another kind of day. */
    private static final double NAIVE_MARGIN = 0.2;

    private final Step step;
    private final RecentRates rates;
    private final PeakFeatures features;
    private final RecurrentRise rise;
    private final PeakCandidates candidates;
    private final IncidentWatch watch;
    private final IssuedPeaks issued;
    private final int perHour;
    private final double[] row = new double[PeakFeatures.COUNT];
    private final double[] logRatios;
    private final double[] issuedRates;
    private int speaker;
    /** Whether the rates issued are those of the newest step: demand and baselines are asked for one after the other. */
    private boolean predicted;

    /** Candidates and the record of what they issued. */
    record Candidacy(PeakCandidates candidates, IssuedPeaks issued) {}

    OnlinePeaks(PeakFeatures features, RecentRates rates, Candidacy candidacy) {
        this.step = features.step();
        this.rates = rates;
        this.features = features;
        this.rise = features.recurrentRise();
        this.candidates = candidacy.candidates();
        this.issued = candidacy.issued();
        this.watch = new IncidentWatch(step);
        this.perHour = Math.max(1, 3600 / step.seconds());
        this.logRatios = new double[candidates.series()];
        this.issuedRates = new double[candidates.series()];
        choose(true);
    }

    /** The same candidates, asked at the end of other rates. */
    OnlinePeaks at(PeakFeatures otherFeatures, RecentRates otherRates) {
        OnlinePeaks other = new OnlinePeaks(otherFeatures, otherRates, new Candidacy(candidates, issued));
        other.speaker = speaker;
        return other;
    }

    /** Takes in a rate that was known when what is remembered was issued. */
    void remember(double rate) {
        predicted = false;
        rates.append(rate);
        if (watch.append(rates)) {
            issued.forgetFrom(watch.from());
        }
    }

    /** Forgets the rates, not what was issued; those from this step on are to be remembered anew. */
    void forget(int first) {
        predicted = false;
        rates.clear(first);
        watch.clear();
    }

    Step step() {
        return step;
    }

    int end() {
        return rates.end();
    }

    /** Takes in the next rate (req/s, without events), {@code NaN} for a gap. */
    void update(double rate) {
        remember(rate);
        int now = rates.end();
        issued.settle(features, now, watch);
        if (now % perHour == 0) {
            issued.renew(now);
            choose(false);
        }
        if (issued.isDue(now)) {
            predict();
            issued.issue(now, features.level(now), logRatios, issuedRates);
        }
    }

    /** The rates (req/s) of every candidate and level for the window that begins now. */
    double[] predict() {
        if (predicted) {
            return issuedRates;
        }
        int now = rates.end();
        features.fill(now, row);
        candidates.predict(row, logRatios);
        double level = features.level(now);
        for (int s = 0; s < logRatios.length; s++) {
            double shifted = CalibratedPeaks.bounded(logRatios[s] + issued.shift(s), row);
            issuedRates[s] = features.fromLogRatio(shifted, level);
        }
        predicted = true;
        return issuedRates;
    }

    /** The rate (req/s) of a rise of every day within the window that begins now. */
    double recurrentRise() {
        return rise.rate(rates.end());
    }

    private void choose(boolean first) {
        if (!issued.isJudged()) {
            return;
        }
        int best = 0;
        for (int c = 1; c < candidates.size(); c++) {
            double margin = c < candidates.models() ? MARGIN : NAIVE_MARGIN;
            best = relativeLoss(c) < (1 - margin) * relativeLoss(best) ? c : best;
        }
        if (first || relativeLoss(best) < (1 - MARGIN) * relativeLoss(speaker)) {
            speaker = best;
        }
    }

    /** Sum over the levels of the loss over that of calibrated persistence. */
    private double relativeLoss(int candidate) {
        int levels = candidates.levels().size();
        int persistence = candidates.indexOf(PeakSource.PERSISTENCE) * levels;
        double sum = 0;
        for (int i = 0; i < levels; i++) {
            double loss = issued.loss(candidate * levels + i);
            sum += loss > 0 ? loss / Math.max(issued.loss(persistence + i), 1e-300) : 0;
        }
        return sum;
    }

    int speaker() {
        return speaker;
    }

    PeakCandidates candidates() {
        return candidates;
    }

    IssuedPeaks issued() {
        return issued;
    }

    RecentRates rates() {
        return rates;
    }

    void writeTo(DataOutput out) throws IOException {
        rates.writeTo(out);
        watch.writeTo(out);
        issued.writeTo(out);
        out.writeInt(speaker);
    }

    /** Reads what the record, the watch for incidents and the choice were; the rates have been read before. */
    void read(DataInput in) throws IOException {
        predicted = false;
        watch.read(in);
        issued.read(in);
        speaker = in.readInt();
    }
}

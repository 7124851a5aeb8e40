package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The quantiles regressed directly: one linear {@link QuantileRegression} on {@link PeakFeatures} per level. */
final class PeakRegression implements PeakPredictor {
    private final List<double[]> coefficients;

    private PeakRegression(List<double[]> coefficients) {
        this.coefficients = coefficients;
    }

    /** Fits the rows of the sample with positions {@code [from, to)}. */
    static PeakRegression fitted(PeakSample sample, int from, int to, QuantileLevels levels) {
        double[] start = QuantileRegression.start(sample.rows(), sample.targets(), from, to);
        List<double[]> coefficients = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            coefficients.add(start);
        }
        return new PeakRegression(coefficients).refitted(sample, from, to, levels);
    }

    /** Fits other rows, starting from these coefficients. */
    PeakRegression refitted(PeakSample sample, int from, int to, QuantileLevels levels) {
        List<double[]> refitted = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            refitted.add(QuantileRegression.fit(
                    sample.rows(), sample.targets(), from, to, levels.get(i), coefficients.get(i)));
        }
        return new PeakRegression(refitted);
    }

    @Override
    public double logRatio(double[] features, int level) {
        return QuantileRegression.dot(coefficients.get(level), features);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(coefficients.size());
        for (double[] ofLevel : coefficients) {
            DoubleArrays.write(ofLevel, ofLevel.length, out);
        }
    }

    static PeakRegression readFrom(DataInput in) throws IOException {
        List<double[]> coefficients = new ArrayList<>();
        for (int levels = in.readInt(); levels > 0; levels--) {
            double[] ofLevel = new double[PeakFeatures.COUNT];
            DoubleArrays.read(ofLevel, in);
            coefficients.add(ofLevel);
        }
        return new PeakRegression(coefficients);
    }
}

package dev.prescale.adapter.learning;

import dev.prescale.accuracy.PinballLoss;
import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.Quantiles;
import dev.prescale.forecast.TrainingRows;
import dev.prescale.forecast.TreeEnsemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Losses of a model and of naive methods on rows of series it has not seen, in logarithms and so free of scale. The naive
 * quantiles are calibrated: a naive value plus the quantile of its errors on the rows that the model was trained on.
 */
record HeldOut(TrainingRows trained, TrainingRows rows) {
    ModelProvenance.Score score(String measure, TreeEnsemble model, double level) {
        double loss = 0;
        for (int row = 0; row < rows.size(); row++) {
            loss += PinballLoss.of(level, rows.target(row), model.predict(rows.features(row)));
        }
        List<ModelProvenance.Named> naives = new ArrayList<>();
        for (int naive = 0; naive < rows.naives().size(); naive++) {
            naives.add(new ModelProvenance.Named(rows.naives().get(naive), rounded(naiveLoss(naive, level))));
        }
        return new ModelProvenance.Score(measure, rows.size(), rounded(loss / rows.size()), naives);
    }

    private double naiveLoss(int naive, double level) {
        double[] errors = new double[trained.size()];
        Arrays.setAll(errors, row -> trained.target(row) - trained.naive(row, naive));
        Arrays.sort(errors);
        double shift = Quantiles.ofSorted(errors, level);
        double loss = 0;
        for (int row = 0; row < rows.size(); row++) {
            loss += PinballLoss.of(level, rows.target(row), rows.naive(row, naive) + shift);
        }
        return loss / rows.size();
    }

    private static double rounded(double loss) {
        return Math.round(loss * 1e6) / 1e6;
    }
}

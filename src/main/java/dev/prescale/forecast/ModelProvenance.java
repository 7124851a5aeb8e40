package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.List;

/**
 * Where a shared model comes from.
 *
 * @param series names of what it was trained on
 * @param dataHash SHA-256 over these series
 * @param codeVersion of what fitted it
 * @param settings hyper-parameters, a line each
 * @param scores on series that were held out of the fit
 */
public record ModelProvenance(
        String name,
        List<String> series,
        String dataHash,
        String codeVersion,
        String libraries,
        long seed,
        List<String> settings,
        List<Score> scores) {
    public ModelProvenance {
        Require.that(name.matches("[A-Za-z0-9._-]{1,100}"), "name must be of letters, digits and ._-, was '%s'", name);
        series = List.copyOf(series);
        settings = List.copyOf(settings);
        scores = List.copyOf(scores);
    }

    /**
     * A mean loss on rows of series that were held out, lower is better.
     *
     * @param measure what was measured
     * @param model the loss of the model
     * @param naives the losses of the naive methods on the same rows
     */
    public record Score(String measure, int rows, double model, List<Named> naives) {
        public Score {
            naives = List.copyOf(naives);
        }
    }

    /** The loss of a naive method. */
    public record Named(String name, double loss) {}
}

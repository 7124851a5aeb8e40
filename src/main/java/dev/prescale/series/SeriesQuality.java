package dev.prescale.series;

/**
 * What a series is made of.
 *
 * @param samples steps with a sample
 * @param gaps steps without one
 * @param outliers samples set aside while learning
 */
public record SeriesQuality(int samples, int gaps, int outliers) {
    public SeriesQuality {
        Require.that(
                samples >= 0 && gaps >= 0 && outliers >= 0,
                "counts must be >= 0, were %s %s %s",
                samples,
                gaps,
                outliers);
    }
}

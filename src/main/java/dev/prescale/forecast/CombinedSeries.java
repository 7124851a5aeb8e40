package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.Provenance;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A series followed by a {@link ForecastModel}, whose point forecast gets its quantiles, paths and provenance here. */
final class CombinedSeries implements FollowedSeries {
    /** To be raised with every change of what is written, or of what it means. */
    static final int FORMAT = 1;

    private final Instant start;
    private final Step step;
    private final TrafficCalendar calendar;
    private final ForecastModel model;
    private int gaps;

    CombinedSeries(RateSeries history, TrafficCalendar calendar, ForecastModel model) {
        this.start = history.start();
        this.step = history.step();
        this.calendar = calendar;
        this.model = model;
        this.gaps = history.gaps();
    }

    @Override
    public void append(double rate) {
        gaps += Double.isNaN(rate) ? 1 : 0;
        model.append(rate);
    }

    @Override
    public int size() {
        return model.history().size();
    }

    @Override
    public Instant end() {
        return instantAt(size());
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(start.getEpochSecond());
        out.writeInt(start.getNano());
        out.writeInt(step.seconds());
        out.writeInt(model.horizonSteps());
        out.writeInt(gaps);
        model.writeTo(out);
    }

    /** What follows the format. */
    static CombinedSeries readFrom(DataInput in, TrafficCalendar calendar, SharedModel shared) throws IOException {
        Instant start = Instant.ofEpochSecond(in.readLong(), in.readInt());
        RateSeries grid = RateSeries.empty(start, new Step(in.readInt()));
        int horizonSteps = in.readInt();
        if (horizonSteps < 1 || horizonSteps > ForecastRequest.MOST_STEPS) {
            throw new IOException("a horizon of %d steps".formatted(horizonSteps));
        }
        int gaps = in.readInt();
        ForecastModel.Setting setting = new ForecastModel.Setting(calendar, horizonSteps, shared);
        CombinedSeries series = new CombinedSeries(grid, calendar, ForecastModel.readFrom(in, grid, setting));
        series.gaps = gaps;
        return series;
    }

    private Instant instantAt(int t) {
        return start.plusSeconds((long) t * step.seconds());
    }

    @Override
    public Forecast forecast(QuantileLevels levels) {
        LearningHistory history = model.history();
        List<Issue> issues = model.issued().kept();
        ErrorCalibration calibration = new ErrorCalibration(
                history, model.grid(), issues, model.states().shifted());
        PointForecast point = model.point();
        ForecastRates rates = new ForecastRates(model, point, eventFactors(), calibration);
        List<String> warnings = new ArrayList<>(ForecastWarnings.of(history, calibration));
        warnings.addAll(model.states().warnings());
        Provenance provenance = new Provenance(
                point.weights(),
                seasons(history),
                new SeriesQuality(size() - gaps, gaps, model.states().outliers()),
                PastSkill.of(model.grid(), new HorizonBuckets(step), issues, IssuedForecasts.NAIVES),
                warnings);
        return new Forecast(
                end(), step, levels, rates.quantiles(levels), ScenarioPaths.drawnWhenAsked(rates::paths), provenance);
    }

    private double[] eventFactors() {
        double[] factors = new double[model.horizonSteps()];
        Arrays.fill(factors, 1);
        if (!calendar.events().isEmpty()) {
            Arrays.setAll(factors, h -> calendar.eventFactor(instantAt(size() + h), step.duration()));
        }
        return factors;
    }

    private static List<Duration> seasons(LearningHistory history) {
        List<Duration> seasons = new ArrayList<>();
        if (history.dayBefore(history.size()) >= 0) {
            seasons.add(Duration.ofDays(1));
        }
        if (history.weekBefore(history.size()) >= 0) {
            seasons.add(Duration.ofDays(7));
        }
        return seasons;
    }
}

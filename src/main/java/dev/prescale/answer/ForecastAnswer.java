package dev.prescale.answer;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.config.ForecastRequestReader.PeakWindow;
import dev.prescale.config.ForecastRequestReader.Ready;
import dev.prescale.config.RateUnit;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.NearPeaks;
import dev.prescale.series.SeriesQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code POST /forecast}. Rates, peaks and losses are in the unit that came in.
 *
 * @param rates {@code rates[k]} covers {@code [origin + k * step, origin + (k + 1) * step)}, a number per quantile
 * @param gate whether the forecast beat the best naive baseline on past origins
 */
@Schema(name = "Forecast")
public record ForecastAnswer(
        Instant origin,
        Duration step,
        String unit,
        List<Double> quantiles,
        List<List<Double>> rates,
        List<PeakRates> peaks,
        List<ForecastMember> members,
        List<String> seasons,
        Quality quality,
        SkillGate gate,
        List<String> warnings) {
    /**
     * @param asked what was asked for
     * @param forecast of it, in req/s
     */
    public static ForecastAnswer of(Ready asked, Forecast forecast, NearPeaks nearPeaks) {
        double perRate = asked.unit() == RateUnit.COUNT ? forecast.step().seconds() : 1;
        List<List<Double>> rows = new ArrayList<>();
        for (int k = 0; k < forecast.steps(); k++) {
            rows.add(scaled(forecast.rates(k), perRate));
        }
        return new ForecastAnswer(
                forecast.origin(),
                forecast.step().duration(),
                asked.unit().wireName(),
                list(forecast.levels().toArray()),
                rows,
                asked.peaks().stream()
                        .map(window -> new PeakRates(
                                window.from(),
                                window.to(),
                                scaled(peak(window, asked.request(), forecast, nearPeaks), perRate)))
                        .toList(),
                ForecastMember.of(forecast.provenance().members()),
                forecast.provenance().seasons().stream()
                        .map(ForecastAnswer::season)
                        .toList(),
                Quality.of(forecast.provenance().quality()),
                SkillGate.of(forecast.provenance().skill(), perRate),
                forecast.provenance().warnings());
    }

    /** Soon after the origin what is regressed on the window itself, later the paths of the forecast. */
    private static double[] peak(PeakWindow window, ForecastRequest request, Forecast forecast, NearPeaks nearPeaks) {
        return nearPeaks
                .rates(
                        request.history(),
                        request.calendar(),
                        new NearPeaks.Window(window.from(), window.to()),
                        request.levels())
                .map(rates -> rates.stream().mapToDouble(Double::doubleValue).toArray())
                .orElseGet(() -> forecast.peak(window.from(), window.to()));
    }

    private static List<Double> scaled(double[] rates, double perRate) {
        return list(Arrays.stream(rates).map(rate -> rate * perRate).toArray());
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** A season length: whole days as days ({@code P7D}), others as {@link Duration} writes them. */
    public static String season(Duration length) {
        boolean wholeDays = length.toSeconds() % 86_400 == 0 && length.getNano() == 0;
        return wholeDays ? "P" + length.toDays() + "D" : length.toString();
    }

    private static @Nullable Double finiteOrNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Quantiles of the largest rate in {@code [origin + from, origin + to)}. */
    @Schema(name = "PeakRates")
    public record PeakRates(Duration from, Duration to, List<Double> rates) {}

    /** What the values were made of. */
    @Schema(name = "Quality")
    public record Quality(int samples, int gaps, int outliers) {
        static Quality of(SeriesQuality quality) {
            return new Quality(quality.samples(), quality.gaps(), quality.outliers());
        }
    }

    /**
     * The health gate on the past that came along.
     *
     * @param state {@code Trusted} where the forecast lost no more than the best naive baseline on past origins;
     *     {@code Distrusted} where it lost more or the past is too short to tell
     * @param loss mean pinball loss, null where not known
     */
    @Schema(name = "SkillGate")
    public record SkillGate(
            String state,
            @Nullable Double loss,
            @Nullable String bestBaseline,
            @Nullable Double baselineLoss) {
        static SkillGate of(Forecast.Skill skill, double perRate) {
            return new SkillGate(
                    GateStatus.State.of(skill).wireName(),
                    finiteOrNull(skill.loss() * perRate),
                    skill.bestBaseline().isEmpty() ? null : skill.bestBaseline(),
                    finiteOrNull(skill.baselineLoss() * perRate));
        }
    }
}

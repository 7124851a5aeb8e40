package dev.prescale.testing;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.accuracy.HorizonBucket;
import dev.prescale.accuracy.HorizonScore;
import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointAccuracy;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.LeadTime;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots for tests of what is shown. By default: the endpoint of {@link Specs} at noon of the first day, 44 req/s in
 * the last minute, a trusted forecast that rises by 10 req/s per step of 10 minutes, and a decision to go from 3 to 5.
 */
public final class Snapshots {
    public static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    public static final Step TEN_MINUTES = new Step(600);
    public static final QuantileLevels LEVELS = QuantileLevels.of(0.1, 0.5, 0.95);

    private final EndpointSpec spec;
    private Instant at = NOON;
    private RateReading requestRate = new RateReading.Known(44);
    private RateSeries history = hourOfMinutes();
    private @Nullable Forecast forecast = aForecast(NOON, 36);
    private @Nullable LeadTimeDemand leadTimeDemand =
            new LeadTimeDemand(NOON, Duration.ofSeconds(135), LEVELS, List.of(40.0, 45.0, 60.0), PeakSource.DIRECT);
    private GateStatus gate = new GateStatus(GateStatus.State.TRUSTED, NOON.minusSeconds(3600), 0.8, "weekNaive", 1.0);
    private EndpointAccuracy accuracy = EndpointAccuracy.UNKNOWN;
    private WorkloadScale.State workload = new WorkloadScale.Replicas(3, 2, false);
    private @Nullable DecisionRecord latest;
    private List<String> warnings = List.of();

    private Snapshots(EndpointSpec spec) {
        this.spec = spec;
        this.latest = aDecision(spec, NOON, 3, 5);
    }

    public static Snapshots aSnapshot(String name) {
        return new Snapshots(Specs.anEndpoint(name));
    }

    public static Snapshots aSnapshot(EndpointSpec spec) {
        return new Snapshots(spec);
    }

    public Snapshots at(Instant cycle) {
        this.at = cycle;
        return this;
    }

    public Snapshots requestRate(RateReading reading) {
        this.requestRate = reading;
        return this;
    }

    public Snapshots history(RateSeries series) {
        this.history = series;
        return this;
    }

    public Snapshots forecast(@Nullable Forecast made) {
        this.forecast = made;
        return this;
    }

    public Snapshots leadTimeDemand(@Nullable LeadTimeDemand demand) {
        this.leadTimeDemand = demand;
        return this;
    }

    public Snapshots gate(GateStatus status) {
        this.gate = status;
        return this;
    }

    public Snapshots accuracy(EndpointAccuracy scores) {
        this.accuracy = scores;
        return this;
    }

    public Snapshots workload(WorkloadScale.State state) {
        this.workload = state;
        return this;
    }

    public Snapshots latest(@Nullable DecisionRecord decision) {
        this.latest = decision;
        return this;
    }

    public Snapshots warnings(String... sentences) {
        this.warnings = List.of(sentences);
        return this;
    }

    public EndpointSnapshot build() {
        return new EndpointSnapshot(
                spec,
                at,
                history,
                requestRate,
                forecast,
                leadTimeDemand,
                gate,
                accuracy,
                null,
                LeadTime.initial(Duration.ofMinutes(2)),
                workload,
                latest,
                warnings);
    }

    /** The hour before noon by the minute: 0, 1, 2 ... 59 req/s, with a gap at 11:30. */
    private static RateSeries hourOfMinutes() {
        double[] rates = new double[60];
        Arrays.setAll(rates, minute -> minute);
        rates[30] = Double.NaN;
        return RateSeries.of(NOON.minusSeconds(3600), Specs.MINUTE, rates);
    }

    /** Medians 100, 110, 120 ... req/s; the 10 % level is 10 below, the 95 % level 20 above. */
    public static Forecast aForecast(Instant origin, int steps) {
        double[][] rates = new double[steps][];
        double[][] path = new double[1][steps];
        for (int k = 0; k < steps; k++) {
            double median = 100 + 10 * k;
            rates[k] = new double[] {median - 10, median, median + 20};
            path[0][k] = median;
        }
        Forecast.Provenance provenance = new Forecast.Provenance(
                List.of(new Forecast.MemberWeight("weekNaive", 0.25), new Forecast.MemberWeight("levelShape", 0.75)),
                List.of(Duration.ofDays(1), Duration.ofDays(7)),
                new SeriesQuality(59, 1, 0),
                new Forecast.Skill(0.8, "weekNaive", 1.0),
                List.of());
        return new Forecast(origin, TEN_MINUTES, LEVELS, rates, new ScenarioPaths(path), provenance);
    }

    /** Of 40 outcomes, half of the error of last week's rate; the day naive was silent. Judged once a gate is given. */
    public static HorizonScore aScore(HorizonBucket bucket, @Nullable GateStatus gate) {
        List<Double> silent = Collections.nCopies(4, Double.NaN);
        return new HorizonScore(
                bucket,
                40,
                3.0,
                List.of(1.5, 1.0, 0.5, 0.25),
                0.95,
                List.of(
                        new HorizonScore.Rival(
                                "persistence", 12, 0.25, List.of(6.0, 4.0, 2.0, 1.0), List.of(0.25, 0.25, 0.25, 0.25)),
                        new HorizonScore.Rival("dayNaive", Double.NaN, Double.NaN, silent, silent),
                        new HorizonScore.Rival(
                                "weekNaive", 6, 0.5, List.of(3.0, 2.0, 1.0, 0.5), List.of(0.5, 0.5, 0.5, 0.5))),
                gate);
    }

    public static DecisionRecord aDecision(EndpointSpec spec, Instant at, int from, int to) {
        Reason reason = new Reason(
                ReasonCode.TARGET_TRACKING, "requestRate", from, to, "44.0 req/s need 5 replicas at 10.0 req/s each");
        List<Proposal> proposals = List.of(
                Proposal.of("requestRate", to, "a sentence"), Proposal.abstained("forecast", "Unavailable", null));
        ScalingDecision decision = new ScalingDecision(from, to, to, proposals, List.of(reason));
        return new DecisionRecord(at, spec.id(), spec.mode(), decision, true, "", 44, 2);
    }
}

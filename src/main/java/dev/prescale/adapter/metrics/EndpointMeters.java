package dev.prescale.adapter.metrics;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointAccuracy;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Gauges of one endpoint after its last cycle, labelled {@code namespace} and {@code endpoint}. What is not known is
 * {@code NaN}, never 0.
 *
 * <table>
 * <caption>Gauges as Prometheus shows them</caption>
 * <tr><td>{@code prescale_request_rate}</td><td>req/s of the newest full step</td></tr>
 * <tr><td>{@code prescale_lead_time_demand}</td><td>req/s that replicas are sized for, at the sizing quantile</td></tr>
 * <tr><td>{@code prescale_replicas{kind}}</td><td>{@code current}, {@code ready}, {@code recommended} (before limits),
 * {@code desired} (after limits), {@code maximum} (of the specification)</td></tr>
 * <tr><td>{@code prescale_lead_time_seconds}</td><td>lead time in force</td></tr>
 * <tr><td>{@code prescale_forecast_age_seconds}</td><td>from the origin of the forecast to the last cycle</td></tr>
 * <tr><td>{@code prescale_forecast_trusted}</td><td>1 where the health gate trusts the forecast, else 0</td></tr>
 * <tr><td>{@code prescale_forecast_loss}, {@code prescale_forecast_baseline_loss}</td><td>rolling pinball loss of the
 * lead-time demand and of the best baseline, req/s</td></tr>
 * <tr><td>{@code prescale_forecast_coverage_error}</td><td>share of outcomes at or below the sizing quantile, minus its
 * level</td></tr>
 * </table>
 */
final class EndpointMeters {
    private final List<Meter> meters = new ArrayList<>();
    private volatile EndpointSnapshot snapshot;

    EndpointMeters(EndpointSnapshot first, MeterRegistry registry) {
        this.snapshot = first;
        Tags tags = Tags.of(
                "namespace",
                first.spec().id().namespace(),
                "endpoint",
                first.spec().id().name());
        add("request.rate", "Requests per second of the newest full step", tags, EndpointMeters::requestRate, registry);
        add("lead.time.demand", "Requests per second sized for", tags, EndpointMeters::leadTimeDemand, registry);
        addReplicas("current", tags, now -> replicas(now, WorkloadScale.Replicas::currentReplicas), registry);
        addReplicas("ready", tags, now -> replicas(now, WorkloadScale.Replicas::readyReplicas), registry);
        addReplicas(
                "recommended",
                tags,
                now -> decided(now, latest -> latest.decision().recommended()),
                registry);
        addReplicas(
                "desired", tags, now -> decided(now, latest -> latest.decision().replicas()), registry);
        addReplicas("maximum", tags, now -> now.spec().policy().bounds().maxReplicas(), registry);
        add(
                "lead.time.seconds",
                "Lead time in force",
                tags,
                now -> seconds(now.leadTime().duration()),
                registry);
        add("forecast.age.seconds", "From the origin of the forecast to now", tags, EndpointMeters::age, registry);
        add("forecast.trusted", "1 where trusted", tags, now -> now.gate().isTrusted() ? 1 : 0, registry);
        add("forecast.loss", "Rolling pinball loss", tags, now -> now.gate().loss(), registry);
        add(
                "forecast.baseline.loss",
                "That of the best baseline",
                tags,
                now -> now.gate().baselineLoss(),
                registry);
        add(
                "forecast.coverage.error",
                "Share of outcomes at or below the sizing quantile, minus its level",
                tags,
                EndpointMeters::coverageError,
                registry);
    }

    void show(EndpointSnapshot newest) {
        snapshot = newest;
    }

    void removeFrom(MeterRegistry registry) {
        meters.forEach(registry::remove);
    }

    private void addReplicas(String kind, Tags tags, ToDoubleFunction<EndpointSnapshot> value, MeterRegistry registry) {
        add("replicas", "Replicas", tags.and(Tag.of("kind", kind)), value, registry);
    }

    private void add(
            String name, String text, Tags tags, ToDoubleFunction<EndpointSnapshot> value, MeterRegistry registry) {
        meters.add(Gauge.builder("prescale." + name, this, shown -> value.applyAsDouble(shown.snapshot))
                .description(text)
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    private static double requestRate(EndpointSnapshot now) {
        return now.requestRate() instanceof RateReading.Known known ? known.value() : Double.NaN;
    }

    private static double leadTimeDemand(EndpointSnapshot now) {
        LeadTimeDemand demand = now.leadTimeDemand();
        double quantile = now.spec().policy().predictive().quantile();
        return demand == null || demand.levels().indexOf(quantile) < 0 ? Double.NaN : demand.at(quantile);
    }

    private static double age(EndpointSnapshot now) {
        Forecast forecast = now.forecast();
        return forecast == null ? Double.NaN : seconds(Duration.between(forecast.origin(), now.at()));
    }

    private static double coverageError(EndpointSnapshot now) {
        EndpointAccuracy.LeadTimeScore score = now.accuracy().leadTimeDemand();
        return score == null
                ? Double.NaN
                : score.coverage().share() - score.coverage().level();
    }

    private static double replicas(EndpointSnapshot now, ToDoubleFunction<WorkloadScale.Replicas> value) {
        return now.workload() instanceof WorkloadScale.Replicas known ? value.applyAsDouble(known) : Double.NaN;
    }

    private static double decided(EndpointSnapshot now, ToDoubleFunction<DecisionRecord> value) {
        DecisionRecord latest = now.latest();
        return latest == null ? Double.NaN : value.applyAsDouble(latest);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

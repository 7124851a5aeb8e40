package dev.prescale.app;

import dev.prescale.capacity.RatePerReplica;
import dev.prescale.config.Durations;
import dev.prescale.control.EndpointSpec;
import java.math.BigDecimal;

/** The specification of a trace that came without one, as a file to begin with. */
final class StarterSpec {
    private StarterSpec() {}

    /** @param spec of {@link dev.prescale.backtest.TraceSpecs} */
    static String of(EndpointSpec spec) {
        if (!(spec.policy().capacity() instanceof RatePerReplica capacity)) {
            throw new IllegalArgumentException("%s has no rate per replica".formatted(spec.id()));
        }
        String name = "\"" + spec.id().name() + "\"";
        return """
                # A trace does not say what is scaled and where its traffic is: change scaleTargetRef and traffic.
                apiVersion: prescale.dev/v1alpha1
                kind: PredictiveAutoscaler
                metadata: {name: %s, namespace: "%s"}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
                  mode: Observe
                  minReplicas: %d
                  maxReplicas: %d
                  timeZone: %s
                  traffic:
                    influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: %s}, kind: Count}
                    step: %s
                    history: %s
                  capacity:
                    # a twentieth of the busiest hundredth of the warm-up: measure what one replica sustains
                    perReplica: {requestRate: %s, targetUtilization: %s}
                """.formatted(
                        name,
                        spec.id().namespace(),
                        name,
                        spec.policy().bounds().minReplicas(),
                        spec.policy().bounds().maxReplicas(),
                        spec.calendar().zone(),
                        name,
                        Durations.format(spec.traffic().step().duration()),
                        Durations.format(spec.history()),
                        BigDecimal.valueOf(capacity.requestRate()).toPlainString(),
                        BigDecimal.valueOf(capacity.targetUtilization()).toPlainString());
    }
}

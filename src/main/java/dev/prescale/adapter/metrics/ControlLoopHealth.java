package dev.prescale.adapter.metrics;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.FleetListener;
import dev.prescale.scaling.RateReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Started and ready from the first control cycle on: specifications are in force, and every endpoint either has its
 * history or stands on a rung of the fallback ladder. A history that fails later is shown here and does not make the
 * service unready: it still answers and holds, and taking it out of service would only hide that.
 */
@Startup
@Readiness
@ApplicationScoped
class ControlLoopHealth implements HealthCheck, FleetListener {
    private volatile State state = new State(false, 0, 0);

    @Override
    public void cycleDone(Instant now, List<EndpointSnapshot> snapshots) {
        long withoutHistory = snapshots.stream()
                .filter(snapshot -> !(snapshot.requestRate() instanceof RateReading.Known))
                .count();
        state = new State(true, snapshots.size(), withoutHistory);
    }

    @Override
    public HealthCheckResponse call() {
        State now = state;
        return HealthCheckResponse.named("control loop")
                .status(now.hasRun())
                .withData("endpoints", now.endpoints())
                .withData("endpointsWithoutHistory", now.endpointsWithoutHistory())
                .build();
    }

    private record State(boolean hasRun, long endpoints, long endpointsWithoutHistory) {}
}

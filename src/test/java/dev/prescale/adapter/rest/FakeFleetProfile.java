package dev.prescale.adapter.rest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The REST adapter on ports that the test fills: no control cycle, no store, a clock at noon. */
public class FakeFleetProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(
                CoreRules.class,
                FakeFleetView.class,
                FakeClock.class,
                FakeEndpointTraces.class,
                FakeJournal.class,
                FakeSampleSink.class,
                SlowBacktests.class);
    }

    /** The service's own cycles would tell listeners of a fleet without endpoints in the middle of a test. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.scheduler.enabled", "false");
    }
}

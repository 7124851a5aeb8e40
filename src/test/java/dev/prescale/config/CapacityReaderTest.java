package dev.prescale.config;

import static dev.prescale.config.SpecFixture.faults;
import static dev.prescale.config.SpecFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.LoadSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityReaderTest {
    private static String withCapacity(String capacity) {
        return SpecFixture.LEAST.replace("perReplica: {requestRate: 12}", capacity);
    }

    @Test
    void aNumberPerReplicaServesTheTrafficAsAWhole() {
        assertThat(valid(SpecFixture.LEAST).load()).isEqualTo(LoadSource.TRAFFIC);
    }

    @Test
    void aLatencyTargetIsAQueue() {
        EndpointSpec spec = valid(
                withCapacity(
                        "queueing: {serviceTime: 80ms, concurrency: 4, latencyTarget: 300ms, latencyQuantile: 0.9, targetUtilization: 0.6}"));

        assertThat(spec.policy().capacity())
                .isEqualTo(new QueueingCapacity(Duration.ofMillis(80), 4, Duration.ofMillis(300), 0.9, 0.6));
        assertThat(spec.load()).isEqualTo(LoadSource.TRAFFIC);
    }

    @Test
    void aQueueHasOneSlotAndNinetyFivePercentWhereNothingElseIsSaid() {
        assertThat(valid(withCapacity("queueing: {serviceTime: 80ms, latencyTarget: 300ms}"))
                        .policy()
                        .capacity())
                .isEqualTo(new QueueingCapacity(Duration.ofMillis(80), 1, Duration.ofMillis(300), 0.95, 0.7));
    }

    @Test
    void modelsCostTheirServiceTimePerSlotAndAreReadByTheirTag() {
        EndpointSpec spec = valid(withCapacity(
                "models: [{tag: llama-8b, serviceTime: 80ms, concurrency: 4}, {tag: llama-70b, serviceTime: 900ms}]"));

        assertThat(spec.policy().capacity()).isEqualTo(new WorkCapacity(0.7));
        assertThat(spec.load().model())
                .isEqualTo(new LoadModel.ByModel(new RequestCosts(Map.of("llama-8b", 0.02, "llama-70b", 0.9))));
        assertThat(spec.load().byModel())
                .isEqualTo(Map.of(
                        "llama-8b", spec.traffic().withTag("model", "llama-8b"),
                        "llama-70b", spec.traffic().withTag("model", "llama-70b")));
        assertThat(spec.load().utilization()).isNull();
    }

    @Test
    void anotherTagMayTellModelsApartAndTheirReplicasMayBeUsedMore() {
        EndpointSpec spec =
                valid(withCapacity("{models: [{tag: a, serviceTime: 1s}], modelTag: llm, targetUtilization: 0.9}"));

        assertThat(spec.load().byModel().get("a").tags()).isEqualTo(Map.of("llm", "a"));
        assertThat(spec.policy().capacity()).isEqualTo(new WorkCapacity(0.9));
    }

    @Test
    void learnedCostsOfAllRequestsAlikeReadTheTrafficAndTheUtilization() {
        EndpointSpec spec =
                valid(withCapacity("learned: {utilization: {influx: {bucket: b, measurement: gpu, field: busy}}}"));

        assertThat(spec.load().model()).isEqualTo(new LoadModel.Learned(java.util.List.of("requests")));
        assertThat(spec.load().byModel()).isEqualTo(Map.of("requests", spec.traffic()));
        assertThat(spec.load().utilization()).isNotNull();
        assertThat(spec.load().utilization().measurement()).isEqualTo("gpu");
        assertThat(spec.load().utilization().step()).isEqualTo(spec.traffic().step());
    }

    @Test
    void learnedCostsByModelReadEachModelByItsTag() {
        EndpointSpec spec = valid(
                withCapacity(
                        "{learned: {utilization: {influx: {bucket: b, measurement: gpu, field: busy}}, models: [a, b]}, modelTag: llm}"));

        assertThat(spec.load().byModel())
                .isEqualTo(Map.of(
                        "a", spec.traffic().withTag("llm", "a"),
                        "b", spec.traffic().withTag("llm", "b")));
    }

    @Test
    void aTrafficThatIsAQueryOrFixesTheTagCannotBeSplit() {
        String models = withCapacity("models: [{tag: a, serviceTime: 1s}]");

        assertThat(faults(models.replace("measurement: http_requests, field: count", "query: 'SELECT 1'")))
                .containsExactly(
                        "spec.capacity tells models apart by a tag of the traffic, which must not be a query of its own");
        assertThat(faults(models.replace("field: count", "field: count, tags: {model: a, zone: z}")))
                .containsExactly("spec.capacity.modelTag must be another tag than those that traffic.influx.tags fix, "
                        + "which are model, zone");
    }
}

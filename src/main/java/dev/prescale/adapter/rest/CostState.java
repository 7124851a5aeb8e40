package dev.prescale.adapter.rest;

import dev.prescale.capacity.CostEstimate;
import dev.prescale.capacity.LearnedCosts;
import dev.prescale.control.EndpointSnapshot;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What requests were learned to cost.
 *
 * @param busySeconds replica-seconds per request by model
 * @param errorBar of all together, as a fraction (about 95 %)
 * @param widened least error bar since a rollout, as a fraction; 0 where the costs are of the present version
 * @param planned replica-seconds per request that sizing counts with
 * @param samples of five minutes that were used
 * @param from beginning of the first
 * @param to beginning of the last
 * @param version of the model
 * @param provenance where it comes from, a sentence
 */
@Schema(name = "RequestCosts", description = "What requests of each model were learned to cost.")
record CostState(
        Map<String, Double> busySeconds,
        double errorBar,
        double widened,
        Map<String, Double> planned,
        int samples,
        Instant from,
        Instant to,
        String version,
        String provenance) {
    static @Nullable CostState of(EndpointSnapshot snapshot) {
        CostEstimate.Known known = snapshot.costs();
        if (known == null) {
            return null;
        }
        LearnedCosts learned = known.learned();
        return new CostState(
                learned.costs().busySeconds(),
                learned.errorBar(),
                known.widened(),
                known.planned().busySeconds(),
                learned.samples(),
                learned.from(),
                learned.to(),
                learned.version(),
                learned.provenance());
    }
}

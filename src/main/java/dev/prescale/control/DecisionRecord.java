package dev.prescale.control;

import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;

/**
 * A decision as it is journalled and shown.
 *
 * @param acted whether it was carried out
 * @param notActedReason why not, empty where it was or nothing was to do
 * @param requestRate the rate it was made on in req/s, NaN where unknown
 * @param readyReplicas serving at that time
 */
public record DecisionRecord(
        Instant at,
        EndpointId endpoint,
        Mode mode,
        ScalingDecision decision,
        boolean acted,
        String notActedReason,
        double requestRate,
        int readyReplicas) {}

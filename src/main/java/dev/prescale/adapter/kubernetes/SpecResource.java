package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec;
import java.time.Instant;

/**
 * A specification in force that is a resource of the cluster.
 *
 * @param created when the resource was made, by the API server's clock
 * @param generation of the resource that the specification was read from; where a later one is faulty, it stays in force
 */
public record SpecResource(EndpointSpec spec, String uid, Instant created, long generation) {}

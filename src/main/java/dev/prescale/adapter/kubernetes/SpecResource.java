package dev.prescale.adapter.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.control.EndpointSpec;
import java.time.Instant;

/**
 * A specification in force that is a resource of the cluster.
 *
 * @param created when the resource was made, by the API server's clock
 * @param document that it was read from, not to be changed
 * @param generation of the resource that the specification was read from; where a later one is faulty, it stays in force
 */
public record SpecResource(EndpointSpec spec, String uid, ObjectNode document, Instant created, long generation) {
    /** The document with what concerns Prescale and nothing else: labels and annotations of others may hold anything. */
    public ObjectNode ownDocument() {
        return SpecDocument.withoutForeign(document);
    }
}

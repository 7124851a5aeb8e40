package dev.prescale.adapter.rest;

import dev.prescale.control.LeadTime;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint's lead time comes from. The parts are usual ones (medians) and do not add up to it; null is not known.
 *
 * @param source `Initial` (as given) or `Measured`
 * @param samples starts that it comes from, or were seen so far
 * @param neverReady starts of the last 7 days that did not become ready in time
 * @param scheduling from creation to a node
 * @param image from the node to the image
 * @param start from the image to ready
 */
@Schema(name = "MeasuredLeadTime", description = "Where the lead time comes from.")
record LeadTimeState(
        Duration duration,
        String source,
        int samples,
        int neverReady,
        @Nullable Duration scheduling,
        @Nullable Duration image,
        @Nullable Duration start,
        String message) {
    static LeadTimeState of(LeadTime leadTime) {
        return new LeadTimeState(
                leadTime.duration(),
                leadTime.source().wireName(),
                leadTime.samples(),
                leadTime.neverReady(),
                leadTime.scheduling(),
                leadTime.image(),
                leadTime.start(),
                leadTime.sentence());
    }
}

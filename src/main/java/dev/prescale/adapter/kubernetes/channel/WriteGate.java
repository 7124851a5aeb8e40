package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.Leadership;
import dev.prescale.control.WorkloadScale.LeftToAnother;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.function.Function;

/** What every write passes: what was refused is not asked for at once again, and one replica writes for an endpoint at a time. */
record WriteGate(ApiWrites writes, Leadership leadership, Refusals refusals) {
    /** One request, or the few of one write. */
    @FunctionalInterface
    interface Write {
        /** @throws KubernetesClientException for whatever the server does not do */
        Outcome make();
    }

    /** @param sentenceOf what a fault means for this write; it may look further into it */
    Outcome write(Refusals.Subject subject, Instant now, Write write, Function<WriteFault, String> sentenceOf) {
        String standing = refusals.standingFor(subject, now);
        if (standing != null) {
            return new NotScaled(standing);
        }
        if (!leadership.actsFor(subject.endpoint())) {
            return new LeftToAnother();
        }
        try {
            Outcome outcome = write.make();
            refusals.done(subject);
            return outcome;
        } catch (KubernetesClientException exception) {
            WriteFault fault = WriteFault.of(exception, writes.lastRetryAfter());
            String sentence = sentenceOf.apply(fault);
            refusals.refused(subject, fault, sentence, now);
            return new NotScaled(sentence);
        }
    }
}

package dev.prescale.adapter.kubernetes.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.Contested;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Order;
import dev.prescale.control.WorkloadScale.Outcome;
import dev.prescale.testing.Specs;
import java.util.Map;

/** Specifications and orders for the tests of channels. */
final class Channels {
    static final EndpointId CHAT = new EndpointId(Hpas.NAMESPACE, "chat");

    private Channels() {}

    /** Of Deployment inference/chat. */
    static EndpointSpec chat(Mode mode) {
        return spec(CHAT, mode, new ScaleTargetRef("apps/v1", "Deployment", "chat"), Pausing.NONE);
    }

    static EndpointSpec spec(EndpointId id, Mode mode, ScaleTargetRef target, Pausing pausing) {
        EndpointSpec spec = Specs.anEndpoint(id.name());
        return new EndpointSpec(
                id, mode, target, spec.policy(), spec.calendar(), spec.traffic(), spec.history(), Map.of(), pausing);
    }

    static Order order(int from, int to) {
        return new Order(from, to, true);
    }

    /** Why nothing was written. */
    static String reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(NotScaled.class);
        return ((NotScaled) outcome).reason();
    }

    /** Who else scales there. */
    static String contest(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Contested.class);
        return ((Contested) outcome).reason();
    }
}

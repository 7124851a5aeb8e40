package dev.prescale.app;

import dev.prescale.backtest.CapacityMix;
import dev.prescale.backtest.CapacityMix.Prices;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.MixedCapacity;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Instant;
import java.util.List;

/** How the replicas of one policy are bought cheapest: those of Prescale, or else of the first one. */
final class PricedReplay {
    private final Prices prices;
    private final String policy;
    private final CapacityMix mix;

    PricedReplay(ReplaySetup setup, Prices prices, List<ReplayPolicy> policies) {
        this.prices = prices;
        this.policy = policies.stream()
                .map(ReplayPolicy::name)
                .filter(ReplayPolicy.PRESCALE::equals)
                .findFirst()
                .orElse(policies.getFirst().name());
        this.mix = new CapacityMix(setup);
    }

    /** A listener of one policy that tells another what it is told. */
    Replay.Listener of(String name, Replay.Listener other) {
        return name.equals(policy) ? new Both(mix, other) : other;
    }

    /** After the replay. */
    MixedCapacity mixed() {
        return mix.at(prices, policy);
    }

    private record Both(CapacityMix mix, Replay.Listener other) implements Replay.Listener {
        @Override
        public void minuteScored(EndpointId endpoint, MinuteRow row) {
            mix.minuteScored(endpoint, row);
            other.minuteScored(endpoint, row);
        }

        @Override
        public void decided(EndpointId endpoint, String policy, ScalingDecision decision, Instant now) {
            other.decided(endpoint, policy, decision, now);
        }
    }
}

package dev.prescale.control;

import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for workloads that nobody lets Prescale see or touch: in {@code Observe} without a cluster each endpoint has
 * the replicas that it would have if every decision had been carried out. Replicas ordered are ready one lead time later;
 * replicas taken away are gone at once, those not yet ready first. After a restart it goes on from the journal.
 */
public final class ShadowWorkload implements WorkloadScale {
    private final DecisionLog journal;
    private final Map<EndpointId, Shadow> shadows = new HashMap<>();
    private Map<EndpointId, EndpointSpec> specs = Map.of();

    public ShadowWorkload(DecisionLog journal) {
        this.journal = journal;
    }

    public synchronized void replaceSpecs(Map<EndpointId, EndpointSpec> specs) {
        this.specs = Map.copyOf(specs);
        shadows.keySet().retainAll(specs.keySet());
    }

    @Override
    public synchronized State state(EndpointId endpoint, Instant now) {
        EndpointSpec spec = specs.get(endpoint);
        if (spec == null) {
            return new Unknown("no specification of " + endpoint + " is in force");
        }
        Shadow shadow = shadows.computeIfAbsent(endpoint, id -> begin(spec));
        return new Replicas(shadow.current(), shadow.readyAt(now), false);
    }

    private Shadow begin(EndpointSpec spec) {
        int replicas = journal.latest(spec.id())
                .map(DecisionRecord::decision)
                .map(ScalingDecision::replicas)
                .orElse(Math.max(1, spec.policy().bounds().minReplicas()));
        return new Shadow(replicas, List.of());
    }

    @Override
    public synchronized Outcome scaleTo(EndpointId endpoint, int replicas, Instant now) {
        EndpointSpec spec = specs.get(endpoint);
        Shadow shadow = shadows.get(endpoint);
        if (spec != null && shadow != null) {
            Duration leadTime = spec.policy().predictive().leadTime().initial();
            shadows.put(endpoint, shadow.scaledTo(replicas, now, now.plus(leadTime)));
        }
        boolean isObserved = spec == null || spec.mode() == Mode.OBSERVE;
        return new NotScaled(
                !isObserved
                        ? "no Kubernetes API server is connected: replicas are simulated"
                        : "mode Observe decides and journals only");
    }

    /** Replicas asked for; {@code starting} are those among them that are not ready yet, oldest order first. */
    private record Shadow(int current, List<Order> starting) {
        int readyAt(Instant now) {
            return current
                    - stillStarting(now).stream().mapToInt(Order::replicas).sum();
        }

        Shadow scaledTo(int replicas, Instant now, Instant readyAt) {
            List<Order> orders = new ArrayList<>(stillStarting(now));
            int surplus = current - replicas;
            while (surplus > 0 && !orders.isEmpty()) {
                Order newest = orders.removeLast();
                if (newest.replicas() > surplus) {
                    orders.add(new Order(newest.readyAt(), newest.replicas() - surplus));
                }
                surplus -= Math.min(surplus, newest.replicas());
            }
            if (replicas > current) {
                orders.add(new Order(readyAt, replicas - current));
            }
            return new Shadow(replicas, List.copyOf(orders));
        }

        private List<Order> stillStarting(Instant now) {
            return starting.stream()
                    .filter(order -> order.readyAt().isAfter(now))
                    .toList();
        }
    }

    private record Order(Instant readyAt, int replicas) {}
}

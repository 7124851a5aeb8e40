package dev.prescale.adapter.externalmetrics;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster in memory: who owns a token, who may do what, and specifications in force. Counts what it is asked. */
final class FakeCluster implements AccessReviews, FleetView {
    final Map<String, Caller> owners = new HashMap<>();
    final Set<String> mayRead = new HashSet<>();
    final List<EndpointSpec> specs = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    boolean isAway;

    @Override
    public Optional<Caller> ownerOf(String token) {
        answer("token");
        return Optional.ofNullable(owners.get(token));
    }

    @Override
    public Verdict may(Caller caller, Access access) {
        answer(caller.name() + " " + access);
        return mayRead.contains(caller.name()) ? new Verdict(true, "") : new Verdict(false, "no rule says so");
    }

    private void answer(String question) {
        asked.add(question);
        if (isAway) {
            throw new Unanswered("Who asks cannot be looked up: the Kubernetes API server does not answer.");
        }
    }

    @Override
    public List<EndpointSnapshot> snapshots() {
        return List.of();
    }

    @Override
    public Optional<EndpointSnapshot> snapshot(EndpointId endpoint) {
        return Optional.empty();
    }

    @Override
    public Optional<EndpointSpec> spec(EndpointId endpoint) {
        return specs.stream().filter(spec -> spec.id().equals(endpoint)).findFirst();
    }

    @Override
    public List<EndpointSpec> specs() {
        return specs;
    }
}

package dev.prescale.scaling;

import java.util.List;
import java.util.Optional;

/** A metric without data does not agree to scale-in; scale-up by the others goes on (HPA's rule for several metrics). */
final class MissingMetricHold implements Limit {
    @Override
    public Optional<Reason> limit(int replicas, Deliberation deliberation) {
        int current = deliberation.currentReplicas();
        List<Opinion.Missing> missing = deliberation.opinions().stream()
                .filter(Opinion.Missing.class::isInstance)
                .map(Opinion.Missing.class::cast)
                .toList();
        if (replicas >= current || missing.isEmpty()) {
            return Optional.empty();
        }
        Opinion.Missing first = missing.getFirst();
        return Optional.of(new Reason(
                ReasonCode.SCALE_IN_NOT_UNANIMOUS,
                first.rule(),
                replicas,
                current,
                "%s, so that %s cannot agree to scale-in: %s kept"
                        .formatted(first.message(), first.rule(), Wording.replicasAre(current))));
    }
}

package dev.prescale.capacity;

/** What requests cost as far as it is known. */
public sealed interface CostEstimate {
    /**
     * @param planned what sizing counts with: learned costs plus their errors
     * @param widened least error bar since a rollout, as a fraction of each cost; 0 where the costs are of the present version
     */
    record Known(RequestCosts planned, LearnedCosts learned, double widened) implements CostEstimate {}

    /** Not yet; the reason is part of a sentence. */
    record Unknown(String reason) implements CostEstimate {}
}

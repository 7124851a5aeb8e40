package dev.prescale.control;

/**
 * Port: which of several replicas of Prescale acts for an endpoint. All of them compute and answer; one at a time acts. The answer
 * holds for as long as one write may take: whoever asks does so right before it writes.
 */
@FunctionalInterface
public interface Leadership {
    /** There is one replica only. */
    Leadership ALONE = endpoint -> true;

    /** Whether this replica acts for the endpoint now. */
    boolean actsFor(EndpointId endpoint);
}

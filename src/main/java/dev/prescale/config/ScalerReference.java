package dev.prescale.config;

import dev.prescale.control.EndpointId;
import dev.prescale.control.SignalKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What a trigger of a KEDA ScaledObject asks for.
 *
 * @param namespace of the ScaledObject
 * @param name of the ScaledObject
 * @param endpoint in that namespace; empty for that of the ScaledObject's target
 * @param activationLead how far ahead demand activates; empty for the lead time in force
 */
public record ScalerReference(
        String namespace,
        String name,
        Optional<EndpointId> endpoint,
        SignalKind metric,
        Optional<Duration> activationLead) {}

package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale.Outcome;

/**
 * A floor that was to be given back, for the log.
 *
 * @param endpoint that had raised it
 * @param autoscaler namespace and name of the HPA
 * @param why it is given back
 */
public record ReturnedFloor(EndpointId endpoint, String autoscaler, String why, Outcome outcome) {}

/**
 * What the cluster is told of endpoints that are resources: the status subresource of {@code PredictiveAutoscaler} and events,
 * both on change only. Reads nothing from the API server.
 */
@NullMarked
package dev.prescale.adapter.kubernetes.status;

import org.jspecify.annotations.NullMarked;

/**
 * KEDA's external scaler over gRPC: what the control loop left, as metrics, targets and activity. Nothing here waits for a store or an
 * API server, and nobody who asks waits for another one.
 */
@NullMarked
package dev.prescale.adapter.keda;

import org.jspecify.annotations.NullMarked;

/**
 * KEDA's external scaler contract as generated from {@code src/main/proto/externalscaler.proto}. Protocol buffers know no null, so
 * that the promise below holds for generated code too.
 */
@NullMarked
package dev.prescale.adapter.keda.wire;

import org.jspecify.annotations.NullMarked;

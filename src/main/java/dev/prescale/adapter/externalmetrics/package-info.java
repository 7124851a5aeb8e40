/**
 * An aggregated API server for {@code external.metrics.k8s.io/v1beta1}: what HPAs without KEDA scale on. Who asks is known as
 * Kubernetes' own servers know it, and may read what the cluster's rules say. Knows no other adapter.
 */
@NullMarked
package dev.prescale.adapter.externalmetrics;

import org.jspecify.annotations.NullMarked;

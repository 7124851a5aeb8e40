/**
 * Workloads, pods and pod metrics from the Kubernetes API server, read only. Knows no other adapter.
 */
@NullMarked
package dev.prescale.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;

/**
 * What is seen of a Kubernetes cluster, by watches: workloads, pods, specifications, who else scales. Knows no other adapter.
 */
@NullMarked
package dev.prescale.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;

package dev.prescale.adapter.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One number for KEDA's metrics-api scaler ({@code valueLocation: value}) and the like.
 *
 * @param unit {@code req/s} or {@code replicas}
 * @param at time of the cycle that it comes from
 */
@Schema(name = "MetricValue")
record MetricValue(double value, String metric, String unit, Instant at) {}

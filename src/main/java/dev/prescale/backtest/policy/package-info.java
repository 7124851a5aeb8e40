/**
 * The policies that a backtest sets beside Prescale: each as its source describes it, with the constants that are published, and
 * one headroom knob. They see what had ended at the time of a decision, and use the production decision rule wherever their
 * counterpart is a HorizontalPodAutoscaler or sits on one.
 */
@NullMarked
package dev.prescale.backtest.policy;

import org.jspecify.annotations.NullMarked;

package dev.prescale.scaling;

/**
 * One entry of a decision's trail.
 *
 * @param rule the rule or limit that speaks, for example {@code requestRate} or {@code scaleDown}
 * @param from replicas before it spoke
 * @param to replicas after it spoke
 * @param message a sentence for an operator at 3 a.m.
 */
public record Reason(ReasonCode code, String rule, int from, int to, String message) {}

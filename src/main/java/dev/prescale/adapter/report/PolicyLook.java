package dev.prescale.adapter.report;

import dev.prescale.backtest.ReplayPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a policy is shown.
 *
 * @param title in words
 * @param color on light ground
 * @param colorInDark on dark ground
 */
record PolicyLook(String title, String color, String colorInDark) {
    private static final Map<String, PolicyLook> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put(ReplayPolicy.PRESCALE, new PolicyLook("Prescale", "#0f766e", "#4fcdbc"));
        BY_NAME.put(ReplayPolicy.HPA, new PolicyLook("target tracking alone", "#b45309", "#f0a35c"));
        BY_NAME.put(ReplayPolicy.ORACLE, new PolicyLook("oracle", "#4b5563", "#b6c0cc"));
        BY_NAME.put(ReplayPolicy.FIXED, new PolicyLook("fixed number", "#7c3aed", "#b79cff"));
        BY_NAME.put("knative", new PolicyLook("Knative", "#1d4ed8", "#7ea6ff"));
        BY_NAME.put("keda", new PolicyLook("KEDA", "#0369a1", "#5cc0f2"));
        BY_NAME.put("lastValue", new PolicyLook("last value", "#a16207", "#d9b84a"));
        BY_NAME.put("dayNaive", new PolicyLook("same as yesterday", "#be185d", "#f58ab8"));
        BY_NAME.put("weekNaive", new PolicyLook("same as last week", "#9f1239", "#ff8fa0"));
        BY_NAME.put("holtWinters", new PolicyLook("Holt-Winters", "#4d7c0f", "#a5d15a"));
        BY_NAME.put("spectral", new PolicyLook("spectral", "#86198f", "#e08bea"));
        BY_NAME.put("hourly", new PolicyLook("hourly", "#374151", "#8f9bab"));
    }

    /** Of a variant such as {@code hpa@0.5}, that of the policy with its name; of an unknown one a plain look. */
    static PolicyLook of(String policy) {
        int variant = policy.indexOf('@');
        PolicyLook known = BY_NAME.get(variant < 0 ? policy : policy.substring(0, variant));
        if (known == null) {
            return new PolicyLook(policy, "#374151", "#8f9bab");
        }
        return variant < 0
                ? known
                : new PolicyLook(known.title + policy.substring(variant), known.color, known.colorInDark);
    }
}

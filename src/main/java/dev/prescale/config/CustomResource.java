package dev.prescale.config;

/** What the custom resource is called. */
public final class CustomResource {
    public static final String GROUP = "prescale.dev";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    public static final String KIND = "PredictiveAutoscaler";
    public static final String PLURAL = "predictiveautoscalers";

    private CustomResource() {}
}

package dev.prescale.adapter.externalmetrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is answered, field for field as Kubernetes' types have it. */
final class ApiDocuments {
    private static final String CORE = "v1";
    private static final String GROUP_VERSION = RequestPath.GROUP + "/" + RequestPath.VERSION;
    private static final String LIST_KIND = "ExternalMetricValueList";

    private ApiDocuments() {}

    record GroupVersion(String groupVersion, String version) {}

    /** The two first are left out where it stands in a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApiGroup(
            @Nullable String kind,
            @Nullable String apiVersion,
            String name,
            List<GroupVersion> versions,
            GroupVersion preferredVersion) {}

    record ApiGroupList(String kind, String apiVersion, List<ApiGroup> groups) {}

    record ApiResource(String name, String singularName, boolean namespaced, String kind, List<String> verbs) {}

    record ApiResourceList(String kind, String apiVersion, String groupVersion, List<ApiResource> resources) {}

    /**
     * @param timestamp of the cycle that it comes from, whole seconds
     * @param value a quantity
     */
    record MetricValue(String metricName, Map<String, String> metricLabels, String timestamp, String value) {}

    record MetricValueList(String kind, String apiVersion, Map<String, String> metadata, List<MetricValue> items) {}

    static ApiGroupList groups() {
        return new ApiGroupList("APIGroupList", CORE, List.of(group(null, null)));
    }

    static ApiGroup group() {
        return group("APIGroup", CORE);
    }

    private static ApiGroup group(@Nullable String kind, @Nullable String apiVersion) {
        GroupVersion only = new GroupVersion(GROUP_VERSION, RequestPath.VERSION);
        return new ApiGroup(kind, apiVersion, RequestPath.GROUP, List.of(only), only);
    }

    static ApiResourceList resources() {
        List<ApiResource> metrics = MetricNames.all().stream()
                .map(name -> new ApiResource(name, "", true, LIST_KIND, List.of("get")))
                .toList();
        return new ApiResourceList("APIResourceList", CORE, GROUP_VERSION, metrics);
    }

    static MetricValueList values(List<MetricValue> items) {
        return new MetricValueList(LIST_KIND, GROUP_VERSION, Map.of(), items);
    }
}

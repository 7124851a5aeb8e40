package dev.prescale.adapter.externalmetrics;

import java.util.List;
import java.util.Map;

/**
 * The shortest document that is true. Without one the aggregation layer asks again for ever, with an error in the API server's log
 * each time.
 */
final class OpenApiDocument {
    private static final String BASE = "/apis/" + RequestPath.GROUP + "/" + RequestPath.VERSION;
    private static final List<String> JSON = List.of("application/json");

    private OpenApiDocument() {}

    static final Map<String, Object> V2 = Map.of(
            "swagger",
            "2.0",
            "info",
            Map.of("title", "Prescale external metrics", "version", RequestPath.VERSION),
            "paths",
            Map.of(
                    BASE + "/",
                    Map.of("get", operation("The metrics that are served", List.of())),
                    BASE + "/namespaces/{namespace}/{metric}",
                    Map.of(
                            "get",
                            operation(
                                    "The values of a metric in a namespace",
                                    List.of(
                                            parameter("namespace", "path", true),
                                            parameter("metric", "path", true),
                                            parameter("labelSelector", "query", false))))));

    private static Map<String, Object> operation(String description, List<Map<String, Object>> parameters) {
        return Map.of(
                "description",
                description,
                "produces",
                JSON,
                "parameters",
                parameters,
                "responses",
                Map.of("200", Map.of("description", "OK"), "401", Map.of("description", "Unauthorized")));
    }

    private static Map<String, Object> parameter(String name, String in, boolean isRequired) {
        return Map.of("name", name, "in", in, "required", isRequired, "type", "string", "uniqueItems", true);
    }
}

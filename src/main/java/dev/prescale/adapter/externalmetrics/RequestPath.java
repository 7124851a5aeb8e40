package dev.prescale.adapter.externalmetrics;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a path asks for. */
sealed interface RequestPath {
    String GROUP = "external.metrics.k8s.io";
    String VERSION = "v1beta1";

    /** Whether the process serves: open to all, for probes. */
    record Health(boolean isReadiness) implements RequestPath {}

    /** The group in a list of groups. */
    record Groups() implements RequestPath {}

    record Group() implements RequestPath {}

    /** The metrics by name. */
    record Resources() implements RequestPath {}

    /** The values of a metric in a namespace. */
    record Values(String namespace, String metric) implements RequestPath {}

    /** What is here as an OpenAPI document of version 2; from it the aggregation layer makes that of version 3. */
    record OpenApi() implements RequestPath {}

    record Nothing() implements RequestPath {}

    /** @param path as it stands in the request, percent signs and all */
    static RequestPath of(String path) {
        List<String> parts;
        try {
            parts = Arrays.stream(path.split("/", -1))
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException malformed) {
            return new Nothing();
        }
        if (parts.size() < 2 || !parts.getFirst().isEmpty()) {
            return new Nothing();
        }
        List<String> named = parts.subList(1, parts.size());
        return switch (String.join("/", named)) {
            case "healthz", "livez" -> new Health(false);
            case "readyz" -> new Health(true);
            case "openapi/v2" -> new OpenApi();
            case "apis", "apis/" -> new Groups();
            case "apis/" + GROUP, "apis/" + GROUP + "/" -> new Group();
            case "apis/" + GROUP + "/" + VERSION, "apis/" + GROUP + "/" + VERSION + "/" -> new Resources();
            default -> values(named);
        };
    }

    private static RequestPath values(List<String> parts) {
        boolean isOurs = parts.size() == 6
                && parts.subList(0, 4).equals(List.of("apis", GROUP, VERSION, "namespaces"))
                && isName(parts.get(4))
                && isName(parts.get(5));
        return isOurs ? new Values(parts.get(4), parts.get(5)) : new Nothing();
    }

    private static boolean isName(String part) {
        return !part.isEmpty() && part.indexOf('/') < 0;
    }
}

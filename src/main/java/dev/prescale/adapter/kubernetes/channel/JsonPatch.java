package dev.prescale.adapter.kubernetes.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON patch (RFC 6902): all of it is done or, where a test fails, nothing (422). A test for null is one for nothing being
 * there, as the API server has it.
 */
final class JsonPatch {
    private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();

    private ObjectNode step(String operation, String path) {
        return steps.addObject().put("op", operation).put("path", path);
    }

    JsonPatch testAbsent(String path) {
        step("test", path).putNull("value");
        return this;
    }

    JsonPatch test(String path, int value) {
        step("test", path).put("value", value);
        return this;
    }

    JsonPatch test(String path, String value) {
        step("test", path).put("value", value);
        return this;
    }

    /** Sets it, whether it is there or not. */
    JsonPatch set(String path, int value) {
        step("add", path).put("value", value);
        return this;
    }

    JsonPatch remove(String path) {
        step("remove", path);
        return this;
    }

    /** Of an annotation, whose name may contain a slash. */
    static String annotationPath(String name) {
        return "/metadata/annotations/" + name.replace("~", "~0").replace("/", "~1");
    }

    String text() {
        return steps.toString();
    }
}

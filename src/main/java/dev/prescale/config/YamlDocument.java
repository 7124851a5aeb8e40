package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * One document of a YAML text.
 *
 * @param number 1 for the first
 * @param content its tree, or what is wrong with it
 * @param text of it alone, line ends as line feeds
 * @param lines line of the whole text by path, counted from 1
 */
record YamlDocument(int number, String text, ReadResult<JsonNode> content, Map<String, Integer> lines) {
    YamlDocument {
        lines = Map.copyOf(lines);
    }

    /** Line of the path, or of the nearest object around it. */
    Optional<Integer> lineOf(String path) {
        String nearest = path;
        while (!nearest.isEmpty() && !lines.containsKey(nearest)) {
            nearest = nearest.substring(0, Math.max(0, Math.max(nearest.lastIndexOf('.'), nearest.lastIndexOf('['))));
        }
        return Optional.ofNullable(lines.get(nearest));
    }
}

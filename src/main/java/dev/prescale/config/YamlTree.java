package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the nodes of one YAML document into a JSON tree and remembers the line of each path. Used once. */
final class YamlTree {
    /** Nodes after aliases are expanded, deep ones included: bounds what a few nested aliases can grow to. */
    private static final int MOST_NODES = 50_000;

    private static final int DEEPEST_NESTING = 64;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int firstLine;
    private final Violations violations = new Violations();
    private final Map<String, Integer> lines = new HashMap<>();
    private int nodes;

    /** @param firstLine line of the text on which the document begins, counted from 1 */
    YamlTree(int firstLine) {
        this.firstLine = firstLine;
    }

    /** @param text that it was read from */
    YamlDocument convert(int number, String text, Node root) {
        JsonNode tree = convert(root, "", 0);
        if (nodes > MOST_NODES) {
            violations.add(
                    "", null, "must have at most %d values after its aliases are expanded".formatted(MOST_NODES));
        }
        return new YamlDocument(number, text, ReadResult.of(violations, () -> tree), lines);
    }

    private JsonNode convert(Node node, String path, int depth) {
        lines.putIfAbsent(path, lineOf(node));
        nodes++;
        if (nodes > MOST_NODES) {
            return JSON.nullNode();
        }
        if (depth > DEEPEST_NESTING) {
            violations.add(path, null, "contains itself or is nested deeper than " + DEEPEST_NESTING);
            return JSON.nullNode();
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, path, depth);
            case SequenceNode sequence -> array(sequence, path, depth);
            case ScalarNode scalar -> scalar(scalar, path);
            default -> throw new IllegalStateException("node of type " + node.getNodeId());
        };
    }

    private ObjectNode object(MappingNode mapping, String path, int depth) {
        ObjectNode object = JSON.objectNode();
        requireTag(mapping, Tag.MAP, path);
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
                violations.add(
                        path, null, "must have text as keys, had something else at line " + lineOf(entry.getKeyNode()));
                continue;
            }
            String key = keyNode.getValue();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            if (object.has(key)) {
                violations.add(keyPath, null, "stands twice, again at %s".formatted(positionOf(keyNode)));
                continue;
            }
            lines.putIfAbsent(keyPath, lineOf(keyNode));
            object.set(key, convert(entry.getValueNode(), keyPath, depth + 1));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence, String path, int depth) {
        ArrayNode array = JSON.arrayNode();
        requireTag(sequence, Tag.SEQ, path);
        for (Node entry : sequence.getValue()) {
            array.add(convert(entry, "%s[%d]".formatted(path, array.size()), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, String path) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        try {
            if (tag.equals(Tag.STR)) {
                return JSON.textNode(text);
            } else if (tag.equals(Tag.NULL)) {
                return JSON.nullNode();
            } else if (tag.equals(Tag.BOOL)) {
                return JSON.booleanNode(text.equalsIgnoreCase("true"));
            } else if (tag.equals(Tag.INT)) {
                return JSON.numberNode(Long.parseLong(text));
            } else if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(new BigDecimal(text).doubleValue());
            }
        } catch (NumberFormatException e) {
            // Only reached with a tag that is written out, !!int "x".
            return JSON.textNode(text);
        }
        requireTag(scalar, Tag.STR, path);
        return JSON.textNode(text);
    }

    private void requireTag(Node node, Tag tag, String path) {
        if (!node.getTag().equals(tag)) {
            violations.add(
                    path, null, "must not have the YAML tag " + node.getTag().getValue());
        }
    }

    private int lineOf(Node node) {
        return firstLine + node.getStartMark().getLine();
    }

    private String positionOf(Node node) {
        return "line %d, column %d".formatted(lineOf(node), node.getStartMark().getColumn() + 1);
    }
}

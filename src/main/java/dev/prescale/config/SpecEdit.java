package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Changes single values of a specification's text and leaves the rest, comments and layout included, as it is. What came of it is read
 * again and compared: where the text cannot be changed in place (an anchor that stands for several values), it is written anew, without
 * comments.
 */
public final class SpecEdit {
    private SpecEdit() {}

    /**
     * A changed text.
     *
     * @param isInPlace false where it was written anew: comments are lost
     */
    public record Edited(String text, boolean isInPlace) {}

    /**
     * The text with these values.
     *
     * @param text one YAML or JSON document without a fault
     * @param values by path, for example {@code spec.predictive.quantile}: numbers, or text that needs no quotes; what lies between is
     *     added where it is not there
     */
    public static Edited apply(String text, Map<String, Object> values) {
        JsonNode wanted = tree(text).orElseThrow(() -> new IllegalArgumentException("the text is not one document"));
        String changed = text;
        try {
            for (Map.Entry<String, Object> entry : values.entrySet()) {
                List<String> path = Arrays.asList(entry.getKey().split("\\."));
                set(wanted, path, entry.getValue());
                changed = changed(changed, path, entry.getValue());
            }
        } catch (YAMLException | IndexOutOfBoundsException cannotBeChangedInPlace) {
            values.forEach((path, value) -> set(wanted, Arrays.asList(path.split("\\.")), value));
            changed = "";
        }
        return tree(changed).filter(wanted::equals).isPresent()
                ? new Edited(changed, true)
                : new Edited(YamlText.written(wanted), false);
    }

    private static Optional<JsonNode> tree(String text) {
        List<YamlDocument> documents = YamlText.documents(text);
        return documents.size() == 1 && documents.getFirst().content() instanceof ReadResult.Valid<JsonNode> valid
                ? Optional.of(valid.value())
                : Optional.empty();
    }

    private static void set(JsonNode root, List<String> path, Object value) {
        ObjectNode object = (ObjectNode) root;
        for (String key : path.subList(0, path.size() - 1)) {
            JsonNode inner = object.get(key);
            object = inner instanceof ObjectNode there ? there : object.putObject(key);
        }
        String last = path.getLast();
        switch (value) {
            case Integer number -> object.put(last, number.longValue());
            case Double number -> object.put(last, number);
            default -> object.put(last, value.toString());
        }
    }

    private static String changed(String text, List<String> path, Object value) {
        Node node = YamlText.compose(text);
        for (int depth = 0; depth < path.size(); depth++) {
            if (!(node instanceof MappingNode mapping)) {
                return replaced(text, node, flow(path.subList(depth, path.size()), value, false));
            }
            Optional<Node> next = valueOf(mapping, path.get(depth));
            if (next.isEmpty()) {
                return inserted(text, mapping, path.subList(depth, path.size()), value);
            }
            node = next.get();
        }
        return replaced(text, node, value.toString());
    }

    private static Optional<Node> valueOf(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String replaced(String text, Node node, String value) {
        int from = offset(text, node.getStartMark().getIndex());
        int to = offset(text, node.getEndMark().getIndex());
        // a key without a value has an empty one right behind its colon
        return text.substring(0, from) + (from == to ? " " : "") + value + text.substring(to);
    }

    private static String inserted(String text, MappingNode mapping, List<String> path, Object value) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int behindBrace = offset(text, mapping.getStartMark().getIndex()) + 1;
            String separator = mapping.getValue().isEmpty() ? "" : ", ";
            boolean isJson = mapping.getValue().stream()
                    .anyMatch(entry -> entry.getKeyNode() instanceof ScalarNode key
                            && key.getScalarStyle() == DumperOptions.ScalarStyle.DOUBLE_QUOTED);
            String entry = flow(path, value, isJson);
            return text.substring(0, behindBrace)
                    + entry.substring(1, entry.length() - 1)
                    + separator
                    + text.substring(behindBrace);
        }
        int indent = mapping.getValue().getFirst().getKeyNode().getStartMark().getColumn();
        int end = text.indexOf('\n', offset(text, lastLeaf(mapping).getEndMark().getIndex()));
        String before = end < 0 ? text + "\n" : text.substring(0, end + 1);
        return before + block(path, value, indent) + (end < 0 ? "" : text.substring(end + 1));
    }

    /** The one that ends last: the end of a block is where the next one begins, comments between them included. */
    private static Node lastLeaf(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
            return lastLeaf(mapping.getValue().getLast().getValueNode());
        }
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() != FlowStyle.FLOW) {
            return lastLeaf(sequence.getValue().getLast());
        }
        return node;
    }

    private static String flow(List<String> path, Object value, boolean isQuoted) {
        String quote = isQuoted ? "\"" : "";
        StringBuilder flow = new StringBuilder();
        path.forEach(
                key -> flow.append('{').append(quote).append(key).append(quote).append(": "));
        boolean isText = value instanceof String;
        flow.append(isText ? quote : "").append(value).append(isText ? quote : "");
        return flow.append("}".repeat(path.size())).toString();
    }

    private static String block(List<String> path, Object value, int indent) {
        StringBuilder block = new StringBuilder();
        for (int depth = 0; depth < path.size(); depth++) {
            block.append(" ".repeat(indent + 2 * depth)).append(path.get(depth)).append(':');
            block.append(depth == path.size() - 1 ? " " + value + "\n" : "\n");
        }
        return block.toString();
    }

    /** Marks count code points. */
    private static int offset(String text, int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }
}

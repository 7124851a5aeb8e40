package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Splits a YAML text into its documents and parses each on its own, so that a broken one does not hide the others. JSON is
 * YAML too. Size, depth, aliases and the expanded size are bounded.
 */
final class YamlText {
    static final int MOST_CHARACTERS = 256 * 1024;
    static final int MOST_DOCUMENTS = 1_000;
    /** Empty documents count for nothing, but each takes time. */
    private static final int MOST_SEPARATORS = 2 * MOST_DOCUMENTS;

    private static final int DEEPEST_NESTING = 32;
    private static final int MOST_ALIASES = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEPARATOR = Pattern.compile("---(\\s.*)?");

    private YamlText() {}

    /** The documents that hold anything, in order. The text may be larger than allowed: then it is one faulty document. */
    static List<YamlDocument> documents(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return List.of(
                    refused(1, 1, "must have at most %d characters, had %d".formatted(MOST_CHARACTERS, text.length())));
        }
        String[] all = text.split("\\R", -1);
        long separators = Arrays.stream(all)
                .filter(content -> SEPARATOR.matcher(content).matches())
                .count();
        if (separators > MOST_SEPARATORS) {
            return tooMany(separators);
        }
        List<YamlDocument> documents = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int firstLine = 1;
        int line = 1;
        for (String content : all) {
            if (SEPARATOR.matcher(content).matches() && line > firstLine) {
                addDocument(documents, chunk.toString(), firstLine);
                chunk.setLength(0);
                firstLine = line;
            }
            chunk.append(content).append('\n');
            line++;
        }
        addDocument(documents, chunk.toString(), firstLine);
        if (documents.size() > MOST_DOCUMENTS) {
            return tooMany(documents.size());
        }
        return documents;
    }

    private static List<YamlDocument> tooMany(long documents) {
        return List.of(refused(1, 1, "must have at most %d documents, had %d".formatted(MOST_DOCUMENTS, documents)));
    }

    private static void addDocument(List<YamlDocument> documents, String text, int firstLine) {
        int number = documents.size() + 1;
        try {
            Node root = yaml().compose(new StringReader(text));
            if (root != null && !isEmpty(root)) {
                documents.add(new YamlTree(firstLine).convert(number, text, root));
            }
        } catch (MarkedYAMLException e) {
            // Marks count lines from 0 within the chunk.
            String where = e.getProblemMark() == null
                    ? ""
                    : " at line %d, column %d"
                            .formatted(
                                    firstLine + e.getProblemMark().getLine(),
                                    e.getProblemMark().getColumn() + 1);
            int line = firstLine
                    + (e.getProblemMark() == null ? 0 : e.getProblemMark().getLine());
            documents.add(refused(number, line, "is not valid YAML%s: %s".formatted(where, e.getProblem())));
        } catch (YAMLException e) {
            documents.add(refused(
                    number,
                    firstLine,
                    "is not valid YAML from line %d on: %s"
                            .formatted(firstLine, Violation.shortened(String.valueOf(e.getMessage())))));
        }
    }

    /** The nodes of a text that is one document without a fault, with their marks; throws {@link YAMLException} where it is not. */
    static Node compose(String text) {
        return yaml().compose(new StringReader(text));
    }

    /** A tree as text, in blocks. */
    static String written(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(JSON.convertValue(tree, Map.class));
    }

    private static boolean isEmpty(Node root) {
        return root.getTag().equals(Tag.NULL);
    }

    private static YamlDocument refused(int number, int line, String message) {
        return new YamlDocument(
                number,
                "",
                new ReadResult.Invalid<JsonNode>(List.of(new Violation("", null, message))),
                Map.of("", line));
    }

    private static Yaml yaml() {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(MOST_CHARACTERS);
        bounds.setNestingDepthLimit(DEEPEST_NESTING);
        bounds.setMaxAliasesForCollections(MOST_ALIASES);
        bounds.setAllowRecursiveKeys(false);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(bounds), new Representer(unused), unused, bounds, new CoreSchema());
    }

    /**
     * The core schema of YAML 1.2: in YAML 1.1, the library's own, {@code NO} (Norway) is false, {@code 010} is eight and
     * {@code 8:30} is 510.
     */
    private static final class CoreSchema extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
            addImplicitResolver(Tag.INT, Pattern.compile("[-+]?[0-9]{1,18}"), "-+0123456789");
            addImplicitResolver(
                    Tag.FLOAT,
                    Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?"),
                    "-+0123456789.");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL"), "~nN");
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }
}

package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.control.EndpointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a valid specification: it is read without an exception, and is valid or has faults with a path. */
class SpecMutationTest {
    static final int MUTATIONS_PER_SEED = 3;

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 400) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyMutationIsValidOrNamesAPath(long seed) throws IOException {
        JsonNode spec = SpecFixture.yaml(Files.readString(Path.of("k8s/examples/chat.yaml")));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS_PER_SEED; i++) {
            mutate(spec, random);
        }
        switch (SpecReader.readEndpoint(spec)) {
            case ReadResult.Valid<EndpointSpec> valid ->
                assertThat(valid.value()).isNotNull();
            case ReadResult.Invalid<EndpointSpec> invalid ->
                assertThat(invalid.violations()).isNotEmpty().allSatisfy(violation -> {
                    assertThat(violation.path()).isNotEmpty();
                    assertThat(violation.message()).isNotBlank();
                });
        }
    }

    /** Replaces, removes or adds one value somewhere in the tree. */
    static void mutate(JsonNode root, SplittableRandom random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> object.set(name, anyValue(random));
                case 1 -> object.set(name + "x", anyValue(random));
                default -> {
                    // An object that has lost all its keys is a mutation of its own, but cannot be mutated further.
                    if (names.size() > 1) {
                        object.remove(name);
                    }
                }
            }
        } else if (container instanceof ArrayNode array) {
            array.add(anyValue(random));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isArray() || node.isObject() && !node.isEmpty()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }

    private static JsonNode anyValue(SplittableRandom random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(10)) {
            case 0 -> json.nullNode();
            case 1 -> json.numberNode(random.nextInt(-5, 100));
            case 2 -> json.numberNode(random.nextDouble(-1, 2));
            case 3 -> json.numberNode(Double.MAX_VALUE);
            case 4 -> json.textNode("");
            case 5 ->
                json.textNode(
                        random.nextInt(1000) + List.of("ms", "s", "m", "h", "d").get(random.nextInt(5)));
            case 6 -> json.booleanNode(random.nextBoolean());
            case 7 -> json.objectNode();
            case 8 -> json.arrayNode().add(json.nullNode());
            default -> json.textNode("P1D");
        };
    }
}

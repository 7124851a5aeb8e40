package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
    private static final Key<Integer> REPLICAS = Key.required("replicas", ValueTypes.wholeNumber(1, 9), "");
    private static final Key<Double> SHARE = Key.withDefault("share", ValueTypes.numberBetween(0, 1), 0.5, "");
    private static final Key<String> NAME = Key.optional("name", ValueTypes.text(5), "");
    private static final SchemaKey.ObjectKey INNER =
            new SchemaKey.ObjectKey("inner", ObjectSchema.of(REPLICAS), false, "");
    private static final SchemaKey.ObjectListKey ITEMS =
            new SchemaKey.ObjectListKey("items", ObjectSchema.of(REPLICAS), 3, "");
    private static final SchemaKey.ListKey<Double> LEVELS =
            new SchemaKey.ListKey<>("levels", ValueTypes.number(0, 1), 3, "");
    private static final SchemaKey.MapKey<String> TAGS =
            new SchemaKey.MapKey<>("tags", ValueTypes.text(5), 2, SchemaKey.NullEntries.REFUSED, "");
    private static final SchemaKey.UnsupportedKey STEPS = new SchemaKey.UnsupportedKey("steps", "");
    private static final ObjectSchema SCHEMA =
            ObjectSchema.of(REPLICAS, SHARE, NAME, INNER, ITEMS, LEVELS, TAGS, STEPS);

    private final Violations violations = new Violations();

    @Test
    void readsValuesAndDefaults() {
        ObjectReader reader = reader("{\"replicas\": 3.0, \"share\": null}");
        assertThat(reader.get(REPLICAS)).isEqualTo(3);
        assertThat(reader.get(SHARE)).isEqualTo(0.5);
        assertThat(reader.find(NAME)).isNull();
        assertThat(reader.list(LEVELS)).isEmpty();
        assertThat(reader.map(TAGS)).isEmpty();
        assertThat(reader.objects(ITEMS)).isEmpty();
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void namesEveryFaultWithItsPathAndGoesOn() {
        ObjectReader reader = reader("""
                {"share": 1.0, "name": "too long", "inner": {"replicas": 10}, "items": [{"replicas": 1}, {}, 5],
                 "levels": [0.5, "x", 2], "tags": {"a": "b", "c": null}, "steps": [], "replica": 1}
                """);
        reader.get(REPLICAS);
        reader.get(SHARE);
        reader.find(NAME);
        reader.object(INNER).get(REPLICAS);
        reader.objects(ITEMS).forEach(item -> item.get(REPLICAS));
        assertThat(reader.list(LEVELS)).containsExactly(0.5);
        assertThat(reader.map(TAGS)).isEqualTo(Map.of("a", "b"));
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "steps is not supported by this version, was []",
                        "replica is not a known key; did you mean replicas?, was 1",
                        "replicas is required",
                        "share must be a number between 0 and 1, both excluded, was 1.0",
                        "name must be text of 1 to 5 characters, was too long",
                        "inner.replicas must be a whole number from 1 to 9, was 10",
                        "items[1].replicas is required",
                        "items[2] must be an object with the keys replicas, was 5",
                        "levels[1] must be a number from 0 to 1, was x",
                        "levels[2] must be a number from 0 to 1, was 2",
                        "tags.c must be text of 1 to 5 characters");
    }

    @Test
    void anObjectThatIsLeftOutHasNoFaults() {
        reader("{\"replicas\": 1}").object(INNER).get(REPLICAS);
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void listsAndMapsAreBounded() {
        ObjectReader reader = reader("{\"levels\": [0, 0, 0, 0], \"tags\": {\"a\": \"\", \"b\": \"\", \"c\": \"\"}}");
        reader.list(LEVELS);
        reader.map(TAGS);
        assertThat(faults())
                .containsExactly(
                        "levels must be a list of at most 3 entries, was [0,0,0,0]",
                        "tags must be an object of at most 2 entries, was {\"a\":\"\",\"b\":\"\",\"c\":\"\"}");
    }

    @Test
    void somethingElseThanAnObjectIsOneFault() {
        reader("[1]").get(REPLICAS);
        assertThat(faults()).hasSize(1).first().asString().startsWith("input must be an object with the keys replicas");
    }

    @Test
    void countsWhatIsBeyondTheFaultsItKeeps() {
        for (int i = 0; i < Violations.MOST_KEPT + 7; i++) {
            violations.add("values[" + i + "]", null, "must be a number");
        }
        assertThat(violations.all()).hasSize(Violations.MOST_KEPT + 1);
        assertThat(violations.all().getLast()).hasToString("input has 7 more faults");
    }

    @Test
    void askingForAKeyOutsideOfTheSchemaIsABug() {
        Key<Integer> stranger = Key.required("stranger", ValueTypes.wholeNumber(0, 1), "");
        assertThatThrownBy(() -> reader("{}").get(stranger)).hasMessageContaining("stranger");
    }

    private ObjectReader reader(String json) {
        var parsed = (ReadResult.Valid<JsonNode>) StrictJson.parse(json);
        return ObjectReader.of(parsed.value(), SCHEMA, "", violations);
    }

    private List<String> faults() {
        return violations.all().stream().map(Violation::toString).toList();
    }
}

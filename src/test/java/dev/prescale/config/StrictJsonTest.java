package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    @Test
    void readsAnObject() {
        assertThat(StrictJson.parse("{\"a\": 1}")).isInstanceOf(ReadResult.Valid.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    duplicate key | {"a": 1, "a": 2}   | is not valid JSON at line 1, column 13: Duplicate field 'a'
                    text after it | {"a": 1} x         | is not valid JSON at line 1, column
                    cut off       | {"a": [1,          | is not valid JSON at line 1, column
                    not a number  | {"a": NaN}         | is not valid JSON at line 1, column
                    nothing       | ''                 | must be a JSON object, but is empty
                    """)
    void saysWhereItIsBroken(String name, String json, String message) {
        assertThat(faultOf(json)).startsWith(message);
    }

    @Test
    void refusesDeepNesting() {
        assertThat(faultOf("[".repeat(100_000))).contains("nesting depth");
    }

    private static String faultOf(String json) {
        return ((ReadResult.Invalid<JsonNode>) StrictJson.parse(json))
                .violations()
                .getFirst()
                .message();
    }
}

package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a: NO        | {"a":"NO"}
                    a: yes       | {"a":"yes"}
                    a: 010       | {"a":10}
                    a: 8:30      | {"a":"8:30"}
                    a: 2024-01-01 | {"a":"2024-01-01"}
                    a: true      | {"a":true}
                    a:           | {"a":null}
                    a: ~         | {"a":null}
                    a: 1e3       | {"a":1000.0}
                    a: -.5       | {"a":-0.5}
                    a: "5"       | {"a":"5"}
                    a: 1_000     | {"a":"1_000"}
                    [&x {b: 1}, *x] | [{"b":1},{"b":1}]
                    """)
    void readsTheCoreSchemaOfYaml12(String yaml, String json) {
        assertThat(SpecFixture.yaml(yaml)).hasToString(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    'a: 1\nb: 2\na: 3'   | a stands twice, again at line 3, column 1
                    'a: [1\nb: 2'        | input is not valid YAML at line 2, column 2: expected ',' or ']', but got :
                    'a: b: c'            | input is not valid YAML at line 1, column 5: mapping values are not allowed here
                    'a: *nowhere'        | input is not valid YAML at line 1, column 4: found undefined alias nowhere
                    'a: !!java.net.URL [x]' | input is not valid YAML at line 1, column 4: Global tag is not allowed: tag:yaml.org,2002:java.net.URL
                    '? [a]\n: b'         | input must have text as keys, had something else at line 1
                    'a: &x [*x]'         | a[0][0]
                    """)
    void saysWhereItIsBroken(String yaml, String fault) {
        assertThat(faults(yaml.replace("\\n", "\n"))).first().asString().startsWith(fault);
    }

    @Test
    void aBrokenDocumentHidesNoOther() {
        List<YamlDocument> documents =
                YamlText.documents("# first\n---\na: 1\n---\nb: [\n--- # third\nc: 3\n---\n\n---\n");
        assertThat(documents).hasSize(3);
        assertThat(documents.get(0).content()).isInstanceOf(ReadResult.Valid.class);
        assertThat(documents.get(1).content()).isInstanceOf(ReadResult.Invalid.class);
        assertThat(documents.get(2).lineOf("c.deeper[3]")).contains(7);
    }

    @Test
    void aliasesDoNotMultiplyWithoutBound() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(faults(laughs.toString()))
                .containsExactly("input must have at most 50000 values after its aliases are expanded");
    }

    @Test
    void sizeDepthAndNumberOfDocumentsAreBounded() {
        assertThat(faults("#".repeat(300_000)))
                .containsExactly("input must have at most 262144 characters, had 300000");
        assertThat(faults("[".repeat(1_000))).first().asString().contains("Nesting Depth exceeded max 32");
        assertThat(faults("---\na: 1\n".repeat(1_001)))
                .containsExactly("input must have at most 1000 documents, had 1001");
    }

    private static List<String> faults(String yaml) {
        return ((ReadResult.Invalid<JsonNode>)
                        YamlText.documents(yaml).getFirst().content())
                .violations().stream().map(Violation::toString).toList();
    }
}

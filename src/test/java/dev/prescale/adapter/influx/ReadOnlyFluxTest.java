package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyFluxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from(bucket: \"b\") |> range(start: -1h) |> sum()",
                "import \"math\"\nfrom(bucket: \"b\") |> map(fn: (r) => ({r with _value: math.round(x: r._value / 60.0)}))",
                "import m \"math\"\nfrom(bucket: \"b\") |> map(fn: (r) => ({r with _value: m.abs(x: r._value)}))",
                "// to(bucket: \"c\")\nfrom(bucket: \"to\") |> filter(fn: (r) => r[\"host\"] == \"import\")",
                "total = (tables=<-) => tables |> group() |> sum()\nfrom(bucket: \"b\") |> total()",
                "from(bucket: \"b\") |> filter(fn: (r) => r.host == \"a\") |> map(fn: (r) => ({r with x: (r.a + r.b) / 2}))"
            })
    void whatOnlyReadsIsTaken(String query) {
        assertThat(ReadOnlyFlux.refusal(query)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatCouldWriteOrCallOutIsRefused(String query, String fault) {
        assertThat(ReadOnlyFlux.refusal(query)).contains("the query must only read: " + fault);
    }

    static Stream<Arguments> whatCouldWriteOrCallOutIsRefused() {
        String read = "from(bucket: \"b\") |> range(start: -1h)";
        return Stream.of(
                arguments(read + " |> to(bucket: \"c\")", "to is not allowed"),
                arguments(read + "|>to(bucket:\"c\")", "to is not allowed"),
                arguments("write = to\n" + read + " |> write(bucket: \"c\")", "to is not allowed"),
                arguments("import \"experimental\"\n" + read, "the import experimental is not allowed"),
                arguments("import e \"experimental\"\n" + read, "the import experimental is not allowed"),
                arguments("import\n\"http\"\n" + read, "the import http is not allowed"),
                arguments("import \"sql\"\n" + read, "the import sql is not allowed"),
                arguments(
                        "import \"influxdata/influxdb/secrets\"\n" + read,
                        "the import influxdata/influxdb/secrets is not allowed"),
                arguments("option task = {name: \"x\", every: 1h}\n" + read, "option is not allowed"),
                arguments(
                        "from(bucket: \"b\", host: \"http://elsewhere\", token: \"x\")",
                        "the argument host is not allowed"),
                arguments("from(bucket: \"${\"b\" |> to()}\")", "strings with ${} are not allowed"),
                arguments(
                        read + " |> filter(fn: (r) => r.x =~ /\"/) |> to(bucket: \"c\")",
                        "regular expressions are not" + " allowed"),
                arguments(
                        "strings.f(x: /\"/)\n" + read + " |> to(bucket: \"c\") // \"",
                        "regular expressions are not" + " allowed"),
                arguments(read + " |> unheardOf()", "the function unheardOf is not known to"),
                arguments("\"half", "a string does not end"));
    }
}

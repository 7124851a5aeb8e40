package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    private final List<ExplainCommand.Options> ran = new ArrayList<>();
    private final StringWriter err = new StringWriter();

    @Test
    void theNewestThreeDecisionsAreTheDefault() {
        assertThat(run("shop/web")).isZero();

        ExplainCommand.Options options = ran.getFirst();
        assertThat(options.endpoint()).isEqualTo(new EndpointId("shop", "web"));
        assertThat(options.service().address()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(options.most()).isEqualTo(3);
        assertThat(options.isPresent()).isTrue();
        assertThat(options.json()).isFalse();
    }

    @Test
    void anEmptyAddressIsNone() {
        assertThat(run("shop/web", "--url", "")).isZero();

        assertThat(ran.getFirst().service().address()).isEqualTo(URI.create("http://localhost:8080"));
    }

    @Test
    void aRangeShowsMoreThanTheNewest() {
        assertThat(run("shop/web", "--from", "2024-01-29T09:00:00+01:00", "--to", "2024-01-29T10:00:00Z"))
                .isZero();

        ExplainCommand.Options options = ran.getFirst();
        assertThat(options.from()).contains(Instant.parse("2024-01-29T08:00:00Z"));
        assertThat(options.to()).contains(Instant.parse("2024-01-29T10:00:00Z"));
        assertThat(options.most()).isEqualTo(100);
        assertThat(options.isPresent()).isFalse();
    }

    @Test
    void everythingCanBeAskedFor() {
        assertThat(run(
                        "shop/web",
                        "--last",
                        "1000",
                        "--changed",
                        "--code",
                        "Step,Schedule",
                        "--json",
                        "--url",
                        "https://h/p/"))
                .isZero();

        ExplainCommand.Options options = ran.getFirst();
        assertThat(options.most()).isEqualTo(1_000);
        assertThat(options.changedOnly()).isTrue();
        assertThat(options.codes()).containsExactly("Step", "Schedule");
        assertThat(options.json()).isTrue();
        assertThat(options.service().address()).isEqualTo(URI.create("https://h/p/"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    shop                                    | the endpoint must be namespace/name such as shop/web, was 'shop'
                    Shop/web                                | the endpoint must be namespace/name such as shop/web, was 'Shop/web'
                    shop/web/x                              | the endpoint must be namespace/name such as shop/web, was 'shop/web/x'
                    shop/web --at yesterday                 | --at must be an ISO-8601 instant such as 2024-01-29T08:00:00Z, was 'yesterday'
                    shop/web --last 0                       | --last must be a whole number from 1 to 1000, was '0'
                    shop/web --last 1001                    | --last must be a whole number from 1 to 1000, was '1001'
                    shop/web --last many                    | --last must be a whole number from 1 to 1000, was 'many'
                    shop/web --url localhost:8080           | --url (PRESCALE_URL) must be http:// or https:// with a host such as http://localhost:8080, was 'localhost:8080'
                    shop/web --at 2024-01-29T08:00:00Z --last 2 | --at is one decision: give it without --from, --to and --last
                    shop/web --from 2024-01-29T08:00:00Z --to 2024-01-29T08:00:00Z | --from must be before --to, was 2024-01-29T08:00:00Z
                    """)
    void aFaultyArgumentIsNamed(String arguments, String fault) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("prescale: " + fault);
        assertThat(ran).isEmpty();
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThat(run("shop", "--at", "now", "--url", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("the endpoint must be", "--at must be", "--url (PRESCALE_URL) must be");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        ExplainCommand command = new ExplainCommand(options -> {
            ran.add(options);
            return 0;
        });
        return PrescaleCommand.commandLine(
                        List.of(command), "explain", new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}

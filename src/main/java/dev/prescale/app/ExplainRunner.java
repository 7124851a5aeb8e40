package dev.prescale.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ExplainCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.client.Answer;
import dev.prescale.adapter.client.DecisionText;
import dev.prescale.adapter.client.RunningService;
import dev.prescale.adapter.client.ServiceFault;
import dev.prescale.adapter.client.ToldDecision;
import dev.prescale.control.EndpointId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a running service for decisions and prints them, oldest first, so that the newest stands above the prompt. */
final class ExplainRunner implements ExplainCommand.Runner {
    private final PrintStream out;
    private final PrintStream err;
    private final ServiceConnection connection;

    ExplainRunner(Streams streams, ServiceConnection connection) {
        this.out = streams.out();
        this.err = streams.err();
        this.connection = connection;
    }

    @Override
    public int run(ExplainCommand.Options options) {
        try (RunningService service = connection.open(options.service())) {
            Shown shown = ask(service, options);
            if (options.json()) {
                out.println(json(options.endpoint(), shown));
            } else {
                print(options, shown);
            }
            return 0;
        } catch (ServiceFault fault) {
            throw ServiceConnection.failed(fault);
        }
    }

    /**
     * What there is to show.
     *
     * @param decisions newest first
     * @param next the end of the time before them, empty where there are no others
     * @param notYet the service's own sentence where nothing has been decided
     */
    private record Shown(List<JsonNode> decisions, String next, String notYet) {}

    private static Shown ask(RunningService service, ExplainCommand.Options options) {
        JsonNode page = found(service.decisions(options.endpoint(), parameters(options)), service, options);
        List<JsonNode> decisions = new ArrayList<>();
        page.path("decisions").forEach(decisions::add);
        String next = page.path("next").asText("");
        String notYet = "";
        if (options.isPresent()) {
            switch (service.latestDecision(options.endpoint())) {
                case Answer.Found(JsonNode latest) -> putInFront(latest, decisions);
                case Answer.NotYet(String detail) -> notYet = detail;
                case Answer other -> found(other, service, options);
            }
            while (decisions.size() > options.most()) {
                decisions.removeLast();
                next = decisions.getLast().path("at").asText();
            }
        }
        return new Shown(decisions, next, notYet);
    }

    /** The journal holds what changed; what the last cycle decided may be newer. */
    private static void putInFront(JsonNode latest, List<JsonNode> decisions) {
        if (decisions.isEmpty() || !decisions.getFirst().path("at").equals(latest.path("at"))) {
            decisions.addFirst(latest);
        }
    }

    private static Map<String, String> parameters(ExplainCommand.Options options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        options.from().ifPresent(from -> parameters.put("from", from.toString()));
        options.to().ifPresent(to -> parameters.put("to", to.toString()));
        options.at().ifPresent(at -> parameters.put("to", at.plusNanos(1).toString()));
        parameters.put("limit", "" + (options.at().isPresent() ? 1 : options.most()));
        if (options.changedOnly()) {
            parameters.put("changed", "true");
        }
        if (!options.codes().isEmpty()) {
            parameters.put("code", String.join(",", options.codes()));
        }
        return parameters;
    }

    private static JsonNode found(Answer answer, RunningService service, ExplainCommand.Options options) {
        return switch (answer) {
            case Answer.Found(JsonNode body) -> body;
            case Answer.NotYet(String detail) -> throw CommandFault.failed(detail);
            case Answer.Refused(String detail) -> throw CommandFault.badInput(detail);
            case Answer.Unknown ignored ->
                throw CommandFault.badInput("there is no endpoint %s at %s%s"
                        .formatted(
                                options.endpoint(),
                                options.service().address(),
                                ServiceConnection.hint(options.endpoint(), service.endpoints())));
        };
    }

    private void print(ExplainCommand.Options options, Shown shown) {
        if (shown.decisions().isEmpty()) {
            out.println(options.isPresent() ? nothingYet(options, shown) : nothingThen(options));
            return;
        }
        options.at().ifPresent(at -> out.printf("in force at %s:%n%n", DecisionText.time(at)));
        String gap = "";
        for (JsonNode decision : shown.decisions().reversed()) {
            out.print(gap + DecisionText.of(ToldDecision.of(decision)));
            gap = System.lineSeparator();
        }
        if (!shown.next().isEmpty() && options.at().isEmpty() && !options.isPresent()) {
            err.printf("There are older ones: --to %s%n", shown.next());
        }
    }

    private static String nothingYet(ExplainCommand.Options options, Shown shown) {
        return shown.notYet().isEmpty()
                ? "Nothing has been decided for %s yet.".formatted(options.endpoint())
                : shown.notYet();
    }

    private static String nothingThen(ExplainCommand.Options options) {
        String when = options.at().map(at -> " until " + DecisionText.time(at)).orElse(" of that kind and time");
        return "The journal has no decision for %s%s. It keeps them for PRESCALE_JOURNAL_RETENTION, 14 days by default."
                .formatted(options.endpoint(), when);
    }

    private static String json(EndpointId endpoint, Shown shown) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("endpoint", endpoint.toString());
        shown.decisions().forEach(json.putArray("decisions")::add);
        return json.put("next", shown.next().isEmpty() ? null : shown.next()).toPrettyString();
    }
}

package dev.prescale.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.StatusCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.client.Answer;
import dev.prescale.adapter.client.RunningService;
import dev.prescale.adapter.client.ServiceFault;
import dev.prescale.adapter.client.ToldEndpoint;
import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a running service how its endpoints are and shows it, once or again and again. */
final class StatusRunner implements StatusCommand.Runner {
    private static final String CLEAR_SCREEN = "\033[H\033[2J";

    private final Streams streams;
    private final ServiceConnection connection;

    StatusRunner(Streams streams, ServiceConnection connection) {
        this.streams = streams;
        this.connection = connection;
    }

    @Override
    public int run(StatusCommand.Options options) {
        try (RunningService service = connection.open(options.service())) {
            return options.pace().isPresent()
                    ? watch(service, options, options.pace().get())
                    : show(ask(service, options), options);
        } catch (ServiceFault fault) {
            throw ServiceConnection.failed(fault);
        }
    }

    /** Until Ctrl-C, or nobody reads any more. A service that does not answer may do so the next time. */
    private int watch(RunningService service, StatusCommand.Options options, Duration pace) {
        try {
            while (!streams.out().checkError()) {
                try {
                    JsonNode answer = ask(service, options);
                    if (streams.terminal().isOut() && !options.json()) {
                        streams.out().print(CLEAR_SCREEN);
                    }
                    show(answer, options);
                } catch (ServiceFault fault) {
                    if (fault.isOfAccess()) {
                        throw fault;
                    }
                    streams.err().println("prescale: " + fault.getMessage());
                }
                Thread.sleep(pace);
            }
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return StoppableWork.INTERRUPTED;
        }
    }

    private static JsonNode ask(RunningService service, StatusCommand.Options options) {
        Answer answer = options.endpoint()
                .map(service::endpointState)
                .orElseGet(() -> service.endpointStates(options.namespace()));
        return switch (answer) {
            case Answer.Found(JsonNode body) -> body;
            case Answer.NotYet(String detail) -> throw CommandFault.failed(detail);
            case Answer.Refused(String detail) -> throw CommandFault.badInput(detail);
            case Answer.Unknown(String detail) -> {
                EndpointId wanted = options.endpoint().orElseThrow(() -> CommandFault.failed(detail));
                throw CommandFault.badInput("there is no endpoint %s at %s%s"
                        .formatted(
                                wanted,
                                options.service().address(),
                                ServiceConnection.hint(wanted, service.endpoints())));
            }
        };
    }

    private int show(JsonNode answer, StatusCommand.Options options) {
        StatusText text = new StatusText(streams.terminal());
        if (options.endpoint().isPresent()) {
            streams.out().print(options.json() ? json(answer) : text.detail(ToldEndpoint.of(answer)));
            streams.out().flush();
            return 0;
        }
        ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
        List<ToldEndpoint> endpoints = new ArrayList<>();
        for (JsonNode one : answer.path("endpoints")) {
            ToldEndpoint endpoint = ToldEndpoint.of(one);
            if (!options.onlyWarnings() || endpoint.needsALook()) {
                chosen.add(one);
                endpoints.add(endpoint);
            }
        }
        List<String> faults = new ArrayList<>();
        answer.path("specificationFaults").forEach(fault -> faults.add(fault.asText()));
        if (options.json()) {
            ObjectNode shown = answer.deepCopy();
            shown.set("endpoints", chosen);
            streams.out().print(json(shown));
        } else {
            streams.out().print(text.table(endpoints, faults));
        }
        streams.out().flush();
        boolean isSomethingUp = options.onlyWarnings() && !(endpoints.isEmpty() && faults.isEmpty());
        return isSomethingUp ? PrescaleCommand.FAILED : 0;
    }

    private static String json(JsonNode answer) {
        return answer + System.lineSeparator();
    }
}

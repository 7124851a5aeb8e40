package dev.prescale.adapter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code prescale serve}: the service, until it is stopped. */
@Command(
        name = "serve",
        header = "Run the service, the default.",
        description =
                "Serves until it is stopped. It is configured by PRESCALE_* variables, all of them in docs/configuration.md.",
        footerHeading = "%nExamples:%n",
        footer = {"  prescale serve", "  PRESCALE_ENDPOINTS=k8s/examples PRESCALE_HTTP_PORT=9090 prescale serve"},
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private final Callable<Integer> service;

    /** @param service blocks until the service ends and gives its exit code */
    public ServeCommand(Callable<Integer> service) {
        this.service = service;
    }

    @Override
    public Integer call() throws Exception {
        return service.call();
    }
}

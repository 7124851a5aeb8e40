package dev.prescale.adapter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code prescale serve}: the service, until it is stopped. */
@Command(
        name = "serve",
        description = "Run the service (the default). Configured by PRESCALE_* variables, see docs/configuration.md.",
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

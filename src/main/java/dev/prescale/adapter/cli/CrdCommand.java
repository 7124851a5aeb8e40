package dev.prescale.adapter.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code prescale crd}: the custom resource's definition. */
@Command(
        name = "crd",
        description = {
            "Print the CustomResourceDefinition of PredictiveAutoscaler as YAML:",
            "prescale crd | kubectl apply --server-side -f -"
        },
        mixinStandardHelpOptions = true)
public final class CrdCommand implements Callable<Integer> {
    private final Supplier<String> definition;

    @Spec
    CommandSpec command = CommandSpec.create();

    /** @param definition as YAML, its last line ended */
    public CrdCommand(Supplier<String> definition) {
        this.definition = definition;
    }

    @Override
    public Integer call() {
        command.commandLine().getOut().print(definition.get());
        command.commandLine().getOut().flush();
        return 0;
    }
}

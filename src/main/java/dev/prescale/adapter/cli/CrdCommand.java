package dev.prescale.adapter.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prescale crd}: the custom resource's definition. */
@Command(
        name = "crd",
        header = "Print the CustomResourceDefinition of PredictiveAutoscaler.",
        description = "As YAML for kubectl, or as JSON.",
        footerHeading = "%nExamples:%n",
        footer = {"  prescale crd | kubectl apply --server-side -f -", "  prescale crd --json"},
        mixinStandardHelpOptions = true)
public final class CrdCommand implements Callable<Integer> {
    private final Supplier<String> definition;
    private final Supplier<String> json;

    @Option(names = "--json", description = "Print it as JSON")
    boolean isJson;

    @Spec
    CommandSpec command = CommandSpec.create();

    /**
     * @param definition as YAML, its last line ended
     * @param json the same as JSON, its last line ended
     */
    public CrdCommand(Supplier<String> definition, Supplier<String> json) {
        this.definition = definition;
        this.json = json;
    }

    @Override
    public Integer call() {
        command.commandLine().getOut().print((isJson ? json : definition).get());
        command.commandLine().getOut().flush();
        return 0;
    }
}

package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrdCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theDefinitionIsPrintedAsItIs() {
        assertThat(run("crd")).isZero();

        assertThat(out).hasToString("kind: CustomResourceDefinition\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theHelpSaysHowItIsApplied() {
        assertThat(run("crd", "--help")).isZero();

        assertThat(out.toString()).contains("CustomResourceDefinition", "kubectl apply --server-side -f -");
    }

    @Test
    void anArgumentIsBadUsage() {
        assertThat(run("crd", "all")).isEqualTo(2);

        assertThat(err.toString()).contains("'all'");
    }

    private int run(String... arguments) {
        return PrescaleCommand.commandLine(
                        List.of(new CrdCommand(() -> "kind: CustomResourceDefinition\n", () -> "{}\n")),
                        "crd",
                        new PrintWriter(out),
                        new PrintWriter(err))
                .execute(arguments);
    }
}

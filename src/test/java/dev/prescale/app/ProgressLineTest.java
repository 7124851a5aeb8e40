package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import dev.prescale.testing.CapturedStreams;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final CapturedStreams captured = new CapturedStreams();

    @Test
    void elsewhereThanOnATerminalEveryTenthIsALine() {
        Streams streams = captured.streams();
        try (ProgressLine line = new ProgressLine("backtest", streams.err(), streams.terminal())) {
            for (int share = 0; share <= 100; share++) {
                line.show(share / 400.0);
            }
        }
        assertThat(captured.err()).isEqualTo("backtest: 10 %%%nbacktest: 20 %%%n".formatted());
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void onATerminalTheBarLeavesACleanLine() {
        Terminal terminal = new Terminal(true, true, 60, false, Terminal.Color.AUTO);
        Streams streams = captured.streams(terminal, new byte[0]);
        ProgressLine line = new ProgressLine("tune", streams.err(), terminal);
        line.show(0.5);
        line.close();
        line.close();

        assertThat(captured.err())
                .startsWith("\rtune")
                .contains("50%")
                .endsWith("\r\033[K")
                .doesNotContain("\n");
        assertThat(captured.err().split("\r"))
                .allSatisfy(drawn -> assertThat(drawn.replace("\033[K", "")).hasSizeLessThan(60));
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void workOfUnknownLengthNamesItsSteps() {
        Streams streams = captured.streams();
        try (ProgressLine line = ProgressLine.ofUnknownLength("fit", streams.err(), streams.terminal())) {
            line.say("cold start");
        }
        assertThat(captured.err().strip()).isEqualTo("fit: cold start");
    }
}

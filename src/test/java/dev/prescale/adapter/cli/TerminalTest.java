package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    private static final Map<String, String> BOTH =
            Map.of("prescale.terminal", "true", "prescale.terminal.errors", "true", "native.encoding", "UTF-8");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    a terminal                  | true  | -  | xterm | ''             | true
                    a pipe                      | false | -  | xterm | ''             | false
                    NO_COLOR                    | true  | 1  | xterm | ''             | false
                    NO_COLOR that is empty      | true  | '' | xterm | ''             | true
                    a dumb terminal             | true  | -  | dumb  | ''             | false
                    never                       | true  | -  | xterm | --color=never  | false
                    always, into a pipe         | false | -  | xterm | --color always | true
                    always wins over NO_COLOR   | false | 1  | xterm | --color=ALWAYS | true
                    """)
    void colorsAreWrittenWhereTheyAreWanted(
            String name, boolean isTerminal, String noColor, String term, String arguments, boolean isColored) {
        Map<String, String> environment =
                noColor == null ? Map.of("TERM", term) : Map.of("TERM", term, "NO_COLOR", noColor);
        Terminal terminal = Terminal.of(
                List.of(("status " + arguments).split(" ")),
                environment::get,
                Map.of("prescale.terminal", "" + isTerminal)::get);
        assertThat(terminal.isColored()).isEqualTo(isColored);
    }

    @ParameterizedTest(name = "columns {0}, COLUMNS {1}")
    @CsvSource(
            nullValues = "-",
            value = {"120,90,120", "'',90,90", "-,-,80", "0,x,80", "3,-,40", "999999,-,1000"})
    void theWidthIsThatOfTheTerminalWithinReason(String found, String environment, int columns) {
        Terminal terminal = Terminal.of(
                List.of(),
                name -> name.equals("COLUMNS") ? environment : null,
                name -> name.equals("prescale.columns") ? found : null);
        assertThat(terminal.columns()).isEqualTo(columns);
    }

    @Test
    void aTerminalKnowsItsAlphabet() {
        assertThat(Terminal.of(List.of(), name -> null, BOTH::get).isUnicode()).isTrue();
        assertThat(Terminal.of(List.of(), name -> null, name -> "ANSI_X3.4-1968")
                        .isUnicode())
                .isFalse();
    }
}

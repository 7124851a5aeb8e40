package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.testing.CapturedStreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Help pages, and the document that is made of them. */
class CommandPageTest {
    private static final Path PAGE = Path.of("docs/cli.md");
    private static final String BELOW = "<!-- below: made by CommandPageTest from the commands themselves -->\n\n";
    private static final CommandLine LINE = Main.commandLine(new CapturedStreams().streams());

    static Set<String> commands() {
        return LINE.getSubcommands().keySet();
    }

    @Test
    void thePageSaysWhatTheCommandsDo() throws IOException {
        String text = Files.readString(PAGE);
        String above = text.substring(0, text.indexOf(BELOW) + BELOW.length());
        if (Boolean.getBoolean("prescale.docs.write")) {
            Files.writeString(PAGE, above + CommandPage.text(LINE));
        }
        assertThat(PAGE)
                .as("mvn test -Dtest=CommandPageTest -Dprescale.docs.write=true writes it")
                .hasContent(above + CommandPage.text(LINE));
    }

    @Test
    void theListOfCommandsHasTheWholeSentenceOfEach() {
        String help = String.join(" ", help(LINE).split("\\s+"));

        assertThat(LINE.getSubcommands().values()).allSatisfy(command -> {
            String sentence = command.getCommandSpec().usageMessage().header()[0];
            assertThat(sentence).endsWith(".");
            assertThat(help).contains(command.getCommandName() + " " + sentence);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void everyCommandHasExamplesThatItTakes(String name) {
        CommandLine command = LINE.getSubcommands().get(name);
        List<String> examples = CommandPage.examples(command.getCommandSpec());

        assertThat(examples).hasSizeBetween(2, 5).allSatisfy(example -> {
            assertThat(example).as("fits a terminal").hasSizeLessThanOrEqualTo(78);
            CommandLine fresh = Main.commandLine(new CapturedStreams().streams());
            CommandLine.ParseResult parsed = fresh.parseArgs(arguments(example));
            assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(name);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void helpSaysWhatItIsForHowItEndsAndWhereToReadMore(String name) throws IOException {
        String help = help(LINE.getSubcommands().get(name));

        assertThat(help)
                .contains("Usage: prescale " + name, "Exit codes:", "Examples:", "More: docs/cli.md#" + name)
                .doesNotContain("%n", "${", "<unit>");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(Files.readAllLines(PAGE)).contains("## " + name);
    }

    @Test
    void whatIsMisspeltIsSaidWithWhatWasMeantAndEndsWithTwo() {
        var streams = new CapturedStreams();

        assertThat(Main.commandLine(streams.streams()).execute("forcast")).isEqualTo(2);
        assertThat(streams.err())
                .startsWith("prescale: Unmatched argument at index 0: 'forcast'")
                .contains("prescale forecast")
                .endsWith("Try 'prescale --help'.%n".formatted());
        streams.clear();
        assertThat(Main.commandLine(streams.streams()).execute("forecast", "x.csv", "--horizn=3h"))
                .isEqualTo(2);
        assertThat(streams.err()).contains("--horizon", "Try 'prescale forecast --help'.");
        assertThat(streams.out()).isEmpty();
    }

    private static String help(CommandLine command) {
        StringWriter help = new StringWriter();
        command.usage(new PrintWriter(help), CommandLine.Help.Ansi.OFF);
        return help.toString();
    }

    /** What a shell hands to prescale. */
    private static String[] arguments(String example) {
        String command = Stream.of(example.split("\\||<\\(|\\)|>"))
                .map(String::strip)
                .filter(part -> part.matches("([A-Z_]+=\\S+ )*prescale( .*)?"))
                .findFirst()
                .orElseThrow();
        List<String> words = Arrays.asList(command.split("\\s+"));
        return words.subList(words.indexOf("prescale") + 1, words.size()).toArray(String[]::new);
    }
}

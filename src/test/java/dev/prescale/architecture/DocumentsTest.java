package dev.prescale.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)");
    private static final Pattern MAKE = Pattern.compile("\\bmake ([a-z][a-z0-9]*)\\b");

    static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Stream.concat(
                Stream.of("README.md", "accuracy/README.md", "e2e/README.md", "datasets/README.md")
                        .map(Path::of),
                Files.walk(Path.of("docs")).filter(file -> file.toString().endsWith(".md")))) {
            return pages.toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) throws IOException {
        Path folder = document.toAbsolutePath().getParent();

        assertThat(LINK.matcher(Files.readString(document)).results().map(found -> found.group(1)))
                .filteredOn(target -> !target.contains("://"))
                .allSatisfy(target -> assertThat(folder.resolve(target)).exists());
    }

    @Test
    void everyMakeTargetOfTheReadmeExists() throws IOException {
        String makefile = Files.readString(Path.of("Makefile"));
        Stream<MatchResult> commands =
                MAKE.matcher(Files.readString(Path.of("README.md"))).results();

        assertThat(commands.map(found -> found.group(1)).distinct())
                .contains("demo", "test")
                .allSatisfy(target -> assertThat(makefile).contains("\n" + target + ":"));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonCodeIsExplained(ReasonCode code) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/decision.md")))
                .anyMatch(line -> line.startsWith("| `") && line.contains("`" + code.wireName() + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonCodeIsGivenBySomeRule(ReasonCode code) throws IOException {
        try (Stream<Path> rules = Files.list(Path.of("src/main/java/dev/prescale/scaling"))) {
            assertThat(rules.filter(file -> !file.endsWith("ReasonCode.java")))
                    .anyMatch(file -> text(file).contains("ReasonCode." + code.name()));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}

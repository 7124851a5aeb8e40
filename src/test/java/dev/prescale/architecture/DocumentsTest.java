package dev.prescale.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.scaling.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there, and what has to be named is. */
class DocumentsTest {
    private static final Path INDEX = Path.of("docs/README.md");
    private static final Path OPERATING = Path.of("docs/operating.md");
    private static final Pattern MAKE = Pattern.compile("\\bmake ([a-z][a-z0-9]*)\\b");
    private static final Pattern CELLS = Pattern.compile(" \\| ");

    static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Stream.concat(
                Stream.of("README.md", "accuracy", "benchmarks", "datasets", "e2e", "k8s")
                        .map(Path::of)
                        .map(place -> Files.isDirectory(place) ? place.resolve("README.md") : place),
                Files.walk(Path.of("docs")).filter(DocumentsTest::isPage))) {
            return pages.toList();
        }
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) {
        assertThat(MarkdownPage.of(document).links()).allSatisfy(link -> {
            assertThat(link.target()).exists();
            if (!link.anchor().isEmpty()) {
                assertThat(MarkdownPage.of(link.target()).anchors())
                        .as("headings of %s", link.target())
                        .contains(link.anchor());
            }
        });
    }

    @Test
    void everyPageIsReachedFromTheIndex() throws IOException {
        Set<Path> reached = new LinkedHashSet<>(Set.of(INDEX));
        Deque<Path> toRead = new ArrayDeque<>(reached);
        while (!toRead.isEmpty()) {
            for (MarkdownPage.Link link : MarkdownPage.of(toRead.remove()).links()) {
                // what is outside of docs is another house, with doors of its own
                if (isPage(link.target()) && link.target().startsWith("docs") && reached.add(link.target())) {
                    toRead.add(link.target());
                }
            }
        }

        assertThat(documents())
                .as("pages that no link leads to")
                .filteredOn(page -> page.startsWith("docs") && !reached.contains(page))
                .isEmpty();
        assertThat(MarkdownPage.of(Path.of("README.md")).links())
                .extracting(MarkdownPage.Link::target)
                .contains(INDEX);
    }

    @Test
    void everyDecisionIsInTheirList() throws IOException {
        Path list = Path.of("docs/decisions/README.md");
        assertThat(MarkdownPage.of(list).links())
                .extracting(MarkdownPage.Link::target)
                .containsAll(documents().stream()
                        .filter(page -> page.startsWith("docs/decisions") && !page.equals(list))
                        .toList());
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

    /** With its sentence, what it means and what to do, on one page only. */
    @ParameterizedTest
    @EnumSource
    void everyReasonCodeIsExplained(ReasonCode code) throws IOException {
        String row = "| `" + code.wireName() + "` | ";

        assertThat(Files.readAllLines(OPERATING))
                .filteredOn(line -> line.startsWith(row))
                .singleElement()
                .satisfies(line -> assertThat(CELLS.split(line)).hasSize(4).noneMatch(String::isBlank));
        assertThat(Files.readString(Path.of("docs/decision.md"))).doesNotContain(row);
    }

    @Test
    void everyAlertHasItsRunbook() throws IOException {
        MarkdownPage operating = MarkdownPage.of(OPERATING);
        List<String> alerts = new YAMLMapper()
                .readTree(Path.of("k8s/monitoring/alerts.yaml").toFile())
                .findValuesAsText("alert");

        assertThat(operating.headings())
                .filteredOn(heading -> heading.startsWith("Prescale"))
                .containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(alerts)
                .allSatisfy(
                        alert -> assertThat(operating.below(alert)).as(alert).isNotBlank());
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

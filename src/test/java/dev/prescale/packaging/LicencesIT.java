package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What ships may be shipped: every library of the bill of materials has a licence that goes with Apache-2.0. */
class LicencesIT {
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "ISC",
            "LGPL-2.1-or-later",
            "LGPL-3.0-only",
            "MIT",
            "MIT-0",
            "MPL-2.0",
            "Unlicense");

    /** Those that name theirs in words of their own, or not at all: read by hand. */
    private static final Map<String, String> READ_BY_HAND = Map.of(
            // its POM says "The BSD License" with the address of BSD-3-Clause, which the list takes for the one of four
            // clauses
            "org.jline:jline-terminal", "BSD-3-Clause");

    private static List<JsonNode> libraries;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target"), 2)) {
            Path bill = files.filter(file -> file.toString().endsWith("-cyclonedx.json"))
                    .findFirst()
                    .orElseThrow();
            JsonNode components = new ObjectMapper().readTree(bill.toFile()).path("components");
            libraries = StreamSupport.stream(components.spliterator(), false)
                    .filter(component -> component.path("purl").asText().startsWith("pkg:maven/"))
                    .filter(LicencesIT::ships)
                    .toList();
        }
    }

    private static boolean ships(JsonNode component) {
        return StreamSupport.stream(component.path("properties").spliterator(), false)
                .noneMatch(property -> property.path("name").asText().equals("quarkus:component:scope")
                        && property.path("value").asText().equals("development"));
    }

    @Test
    void whatShipsIsListed() {
        assertThat(libraries)
                .extracting(library -> library.path("name").asText())
                .contains("bucket4j_jdk17-core", "caffeine", "smile-core", "sqlite-jdbc", "uplot", "vertx-core")
                .doesNotContain("junit-jupiter", "playwright", "quarkus-arc-deployment");
    }

    @Test
    void everyLicenceIsAllowed() {
        Map<String, Set<String>> refused = new TreeMap<>();
        for (JsonNode library : libraries) {
            String name =
                    library.path("group").asText() + ":" + library.path("name").asText();
            Set<String> licences = licences(library);
            if (!READ_BY_HAND.containsKey(name) && licences.stream().noneMatch(ALLOWED::contains)) {
                refused.put(name, licences);
            }
        }
        assertThat(refused).isEmpty();
    }

    private static Set<String> licences(JsonNode library) {
        Set<String> found = new TreeSet<>();
        library.path("licenses").forEach(entry -> {
            JsonNode licence = entry.path("license");
            found.add(
                    licence.has("id")
                            ? licence.path("id").asText()
                            : licence.path("name")
                                    .asText(entry.path("expression").asText()));
        });
        return found;
    }
}

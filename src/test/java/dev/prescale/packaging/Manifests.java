package dev.prescale.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the programs that people install with make of {@code k8s/}. */
final class Manifests {
    private Manifests() {}

    /** The objects of a folder for {@code kubectl apply -k}. */
    static List<JsonNode> kustomize(Path folder) throws IOException, InterruptedException {
        if (!isProgram("kubectl")) {
            System.out.println("no kubectl on the PATH: manifests are not rendered");
            throw Requirement.missing("kubectl");
        }
        return objects(output("kubectl", "kustomize", folder.toString()));
    }

    /** The objects of the base with one component. {@code scratch} is a folder in the checkout, because bases are relative. */
    static List<JsonNode> kustomize(Path component, Path scratch) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch.resolve(component.getFileName()));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                resources: [%s]
                components: [%s]
                """.formatted(
                        folder.relativize(Path.of("k8s/base")), folder.relativize(component)));
        return kustomize(folder);
    }

    /** The objects of the chart, as {@code helm install prescale --namespace prescale} would make them. */
    static List<JsonNode> chart(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(helm(), "template", "prescale", "k8s/helm/prescale", "--namespace", "prescale"));
        command.addAll(List.of(options));
        return objects(output(command.toArray(String[]::new)));
    }

    /** Path of a Helm program; where there is none the test is aborted with a printed line, or fails where it is required. */
    static String helm() {
        return Requirement.cached("helm")
                .orElseThrow(() -> {
                    System.out.println("no Helm here: the chart is not rendered, see e2e/README.md");
                    return Requirement.missing("helm");
                })
                .toString();
    }

    /** What a program prints; fails with what it says where it does not end well. */
    static String output(String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("prescale", ".err");
        try {
            Process run =
                    new ProcessBuilder(command).redirectError(said.toFile()).start();
            String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (run.waitFor() != 0) {
                throw new ProgramFailure(String.join(" ", command) + "\n" + Files.readString(said));
            }
            return printed;
        } finally {
            Files.delete(said);
        }
    }

    /** A program did not end well. */
    static final class ProgramFailure extends IOException {
        ProgramFailure(String message) {
            super(message);
        }
    }

    static List<JsonNode> objects(String yaml) throws IOException {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream()
                    .filter(document -> document != null && document.has("kind"))
                    .toList();
        }
    }

    private static boolean isProgram(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}

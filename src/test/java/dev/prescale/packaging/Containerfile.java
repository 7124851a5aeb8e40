package dev.prescale.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last stage of the Containerfile, which is the image. */
final class Containerfile {
    private final List<String> instructions;

    private Containerfile(List<String> instructions) {
        this.instructions = instructions;
    }

    static Containerfile read() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Containerfile"));
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("FROM ")) {
                last = i;
            }
        }
        return new Containerfile(lines.subList(last, lines.size()));
    }

    /** The arguments of each instruction of this name. */
    List<String> all(String name) {
        return instructions.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    String one(String name) {
        List<String> found = all(name);
        if (found.size() != 1) {
            throw new AssertionError("%s stands %d times in the Containerfile".formatted(name, found.size()));
        }
        return found.get(0);
    }

    /** Entry point and command, both in exec form. */
    List<String> commandLine() throws JsonProcessingException {
        List<String> all = new ArrayList<>();
        for (String part : new String[] {one("ENTRYPOINT"), one("CMD")}) {
            all.addAll(List.of(new ObjectMapper().readValue(part, String[].class)));
        }
        return all;
    }

    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String assignment : all("ENV")) {
            variables.put(assignment.split("=", 2)[0], assignment.split("=", 2)[1]);
        }
        return variables;
    }
}

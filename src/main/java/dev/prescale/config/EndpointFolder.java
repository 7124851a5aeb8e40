package dev.prescale.config;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The endpoint specifications of a folder, read again by polling. A valid document is in force; where one becomes faulty,
 * the last valid one of that endpoint stays in force and the faults are kept visible until they are gone. A file that is
 * removed takes its endpoints with it; a file or folder that cannot be read does not.
 *
 * <p>Files are {@code *.yaml} and {@code *.yml} directly in the folder, links followed, hidden ones and editors' temporary
 * ones left out. {@link #poll} is called by one thread; the rest is safe to call from any.
 */
public final class EndpointFolder {
    private static final int MOST_FILES = 10_000;

    private final Path folder;
    private final Listener listener;
    private SortedMap<String, EndpointFile> files = new TreeMap<>();
    private volatile EndpointClaims claims = EndpointClaims.NONE;

    /** Is told when what is in force or the faults have changed. */
    @FunctionalInterface
    public interface Listener {
        void changed(List<EndpointSpec> inForce, List<SpecFault> faults);
    }

    public EndpointFolder(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** The specifications in force, ordered by id. */
    public List<EndpointSpec> inForce() {
        return claims.inForce();
    }

    /** The file that specifies an endpoint; empty where none does. */
    public Optional<String> fileOf(EndpointId endpoint) {
        return Optional.ofNullable(claims.claims().get(endpoint)).map(EndpointClaims.Claim::file);
    }

    /** The document of the specification in force, as it was read. */
    public Optional<String> textOf(EndpointId endpoint) {
        return Optional.ofNullable(claims.claims().get(endpoint)).map(EndpointClaims.Claim::text);
    }

    /** Everything that is wrong at present, by file. */
    public List<SpecFault> faults() {
        return claims.faults();
    }

    /** Reads what has changed since the last call. */
    public void poll(Instant now) {
        EndpointClaims before = claims;
        EndpointClaims after;
        try {
            files = readFiles(now);
            after = before.next(files.values());
        } catch (IOException e) {
            Violation violation = new Violation("", null, "the folder cannot be read: " + e);
            after = before.withFault(new SpecFault(folder.toString(), 0, null, violation));
        }
        claims = after;
        if (!after.equals(before)) {
            listener.changed(after.inForce(), after.faults());
        }
    }

    private SortedMap<String, EndpointFile> readFiles(Instant now) throws IOException {
        SortedMap<String, EndpointFile> read = new TreeMap<>();
        for (Path path : list()) {
            String name = path.getFileName().toString();
            read.put(name, EndpointFile.read(path, files.get(name), now));
        }
        return read;
    }

    private List<Path> list() throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, EndpointFolder::isSpecFile)) {
            entries.forEach(paths::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (paths.size() > MOST_FILES) {
            throw new IOException("it has %d files, at most %d are allowed".formatted(paths.size(), MOST_FILES));
        }
        return paths;
    }

    private static boolean isSpecFile(Path path) {
        String name = path.getFileName().toString();
        boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
        return isYaml && !name.startsWith(".") && !name.startsWith("#") && !Files.isDirectory(path);
    }
}

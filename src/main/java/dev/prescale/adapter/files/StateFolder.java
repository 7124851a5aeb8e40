package dev.prescale.adapter.files;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * States of forecasts in a folder, a file per endpoint. What is saved waits in memory until {@link #flush}, which writes it
 * beside its place and moves it there when it is whole. Safe for several threads.
 */
public final class StateFolder implements ModelStore {
    private static final String SUFFIX = ".state";
    /** Of a file name; file systems allow 255. */
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final String program;
    private final Map<EndpointId, byte[]> waiting = new LinkedHashMap<>();

    /** @param program version that writes; what another one has written is not used */
    public StateFolder(Path folder, String program) {
        this.folder = folder;
        this.program = program;
    }

    @Override
    public void save(EndpointId endpoint, String fingerprint, Content content) throws IOException {
        byte[] sealed = StateEnvelope.seal(program, fingerprint, content);
        synchronized (waiting) {
            waiting.put(endpoint, sealed);
        }
    }

    @Override
    public Loaded load(EndpointId endpoint, String fingerprint) {
        synchronized (waiting) {
            byte[] newest = waiting.get(endpoint);
            if (newest != null) {
                return StateEnvelope.open(newest, program, fingerprint);
            }
        }
        try (InputStream in = Files.newInputStream(fileOf(endpoint))) {
            byte[] bytes = in.readNBytes(StateEnvelope.MOST_BYTES + 1);
            return bytes.length > StateEnvelope.MOST_BYTES
                    ? new Unusable("the file has more than %,d bytes".formatted(StateEnvelope.MOST_BYTES))
                    : StateEnvelope.open(bytes, program, fingerprint);
        } catch (NoSuchFileException absent) {
            return new Absent();
        } catch (IOException | RuntimeException failed) {
            return new Unusable("the file cannot be read: " + failed.getMessage());
        }
    }

    /**
     * Writes what waits.
     *
     * @throws IOException the first fault; the others were written nevertheless
     */
    public synchronized void flush() throws IOException {
        List<Map.Entry<EndpointId, byte[]>> due;
        synchronized (waiting) {
            due = List.copyOf(waiting.entrySet());
        }
        if (due.isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        IOException first = null;
        for (Map.Entry<EndpointId, byte[]> state : due) {
            try {
                move(state.getValue(), fileOf(state.getKey()));
            } catch (IOException fault) {
                first = first == null ? fault : first;
            }
            synchronized (waiting) {
                waiting.remove(state.getKey(), state.getValue());
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static void move(byte[] bytes, Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes states, also of endpoints that are gone, that were written before an instant. */
    public void pruneBefore(Instant oldest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean ours = name.endsWith(SUFFIX) || name.endsWith(SUFFIX + ".part");
                if (ours && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Namespaces and names have no underscore, so no two endpoints share a file; names too long for one give their digest. */
    Path fileOf(EndpointId endpoint) {
        String name = endpoint.namespace() + "_" + endpoint.name();
        return folder.resolve((name.length() <= LONGEST_NAME ? name : digest(name)) + SUFFIX);
    }

    private static String digest(String name) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

package dev.prescale.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes {@code datasets/*.csv.gz} and prints their checksums:
 *
 * <pre>mvn -B -q test-compile &amp;&amp; java -cp target/test-classes dev.prescale.datasets.BundledTraces</pre>
 *
 * The checksum is that of the CSV: versions of zlib may compress differently. The gzip header has no time stamp.
 */
final class BundledTraces {
    static final Path FOLDER = Path.of("datasets");

    private BundledTraces() {}

    public static void main(String[] arguments) throws IOException {
        for (TraceGenerator generator : TraceGenerator.all()) {
            String csv = generator.generate().csv();
            Files.write(pathOf(generator.name()), compressed(csv));
            System.out.println(sha256(csv) + "  " + generator.name() + ".csv");
        }
    }

    static Path pathOf(String name) {
        return FOLDER.resolve(name + ".csv.gz");
    }

    /** The committed CSV of a trace. */
    static String committed(String name) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(pathOf(name)))) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }

    static byte[] compressed(String csv) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(bytes)) {
            gzip.write(csv.getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    static String sha256(String csv) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(csv.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}

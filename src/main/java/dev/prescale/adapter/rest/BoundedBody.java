package dev.prescale.adapter.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a request body, plain or gzip, up to a bound that counts after unpacking. */
final class BoundedBody {
    /** Most bytes read and thrown away after a body proved too large; a client that sends more loses its connection. */
    static final long MOST_BYTES_DISCARDED = 64L << 20;

    private BoundedBody() {}

    /**
     * Reads a body to its end.
     *
     * @param mostBytes bound on the unpacked size
     * @throws ProblemException 413 above the bound, 415 for an unknown content coding, 400 for broken gzip
     */
    static byte[] read(InputStream body, HttpHeaders headers, int mostBytes) {
        try {
            byte[] bytes = unpacked(body, headers).readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                discardRest(body);
                throw new ProblemException(tooLarge(mostBytes));
            }
            return bytes;
        } catch (ZipException | EOFException broken) {
            throw ProblemException.ofStatus(400, "The body is not complete gzip: " + broken.getMessage() + ".");
        } catch (IOException broken) {
            throw ProblemException.ofStatus(400, "The body ended before it was complete.");
        }
    }

    /** As {@link #read}, decoded as UTF-8. */
    static String readText(InputStream body, HttpHeaders headers, int mostBytes) {
        byte[] bytes = read(body, headers, mostBytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw ProblemException.ofStatus(400, "The body is not UTF-8.");
        }
    }

    static Problem tooLarge(long mostBytes) {
        return Problem.ofStatus(413, "The body must be at most %d bytes.".formatted(mostBytes));
    }

    private static InputStream unpacked(InputStream body, HttpHeaders headers) throws IOException {
        String coding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        return switch (coding == null ? "identity" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> new GZIPInputStream(body);
            default ->
                throw ProblemException.ofStatus(
                        415, "The Content-Encoding of the body must be gzip or left out, was %s.".formatted(coding));
        };
    }

    /** Lets a client that sends before it reads come to the answer, instead of finding its connection reset. */
    private static void discardRest(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long discarded = 0;
        int read = body.read(buffer);
        while (read >= 0 && discarded < MOST_BYTES_DISCARDED) {
            discarded += read;
            read = body.read(buffer);
        }
    }
}

package dev.prescale.adapter.transport.guard;

import dev.prescale.config.AccessSettings;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whose a static token is. Tokens are compared by their SHA-256, each with each and in constant time, so that neither the time of an answer
 * nor a dump of the heap tells one. Files are looked at again by whoever asks five seconds later; where one cannot be used any more what was
 * in force stays so, because a half written file must not lock everybody out.
 */
final class TokenBoard {
    static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(TokenBoard.class);

    private final Optional<Supplier<List<String>>> readerSource;
    private final Optional<Supplier<List<String>>> operatorSource;
    private final LongSupplier nanoTime;
    private volatile Digests digests;
    private boolean isFaulty;

    /** @param lookedAt by the clock of {@link #nanoTime} */
    private record Digests(List<byte[]> readers, List<byte[]> operators, long lookedAt) {}

    TokenBoard(AccessSettings access, LongSupplier nanoTime) {
        this.readerSource = access.readers();
        this.operatorSource = access.operators();
        this.nanoTime = nanoTime;
        this.digests = new Digests(List.of(), List.of(), nanoTime.getAsLong());
        look();
    }

    boolean hasTokens() {
        return readerSource.isPresent() || operatorSource.isPresent();
    }

    /** Empty for a token that is nobody's. */
    Optional<Role> roleOf(String token) {
        if (nanoTime.getAsLong() - digests.lookedAt() >= LOOK_EVERY.toNanos()) {
            look();
        }
        Digests present = digests;
        byte[] digest = digest(token);
        // both lists to their ends, whatever is found
        boolean isReader = isAmong(present.readers(), digest);
        boolean isOperator = isAmong(present.operators(), digest);
        return isReader ? Optional.of(Role.READER) : isOperator ? Optional.of(Role.OPERATOR) : Optional.empty();
    }

    private static boolean isAmong(List<byte[]> known, byte[] digest) {
        boolean found = false;
        for (byte[] one : known) {
            found |= MessageDigest.isEqual(one, digest);
        }
        return found;
    }

    private synchronized void look() {
        Digests before = digests;
        long now = nanoTime.getAsLong();
        try {
            List<String> readers = readerSource.map(Supplier::get).orElse(List.of());
            List<String> operators = operatorSource.map(Supplier::get).orElse(List.of());
            String fault = fault(readers, operators);
            if (fault == null) {
                digests = new Digests(digests(readers), digests(operators), now);
                isFaulty = false;
                return;
            }
            tell(fault);
        } catch (UncheckedIOException unreadable) {
            tell(unreadable.getMessage());
        }
        digests = new Digests(before.readers(), before.operators(), now);
    }

    private @Nullable String fault(List<String> readers, List<String> operators) {
        boolean areValid = (readerSource.isEmpty() || AccessSettings.areValid(readers, List.of()))
                && (operatorSource.isEmpty() || AccessSettings.areValid(operators, readers));
        return areValid ? null : "a token file holds none, or one that is too short, has blanks or is of another role";
    }

    private void tell(@Nullable String fault) {
        if (!isFaulty) {
            LOG.warnf("The former bearer tokens stay in force: %s", fault);
        }
        isFaulty = true;
    }

    private static List<byte[]> digests(List<String> tokens) {
        return tokens.stream().map(TokenBoard::digest).toList();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

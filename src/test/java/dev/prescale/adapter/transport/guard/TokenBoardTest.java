package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.AccessSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TokenBoardTest {
    private static final String READER = "reader-0123456789";
    private static final String OPERATOR = "operator-0123456789";
    private static final String RENEWED = "operator-renewed-0123456789";

    private List<String> operators = List.of(OPERATOR);
    private boolean isReadable = true;
    private long nanos;

    private final TokenBoard board = new TokenBoard(
            new AccessSettings(false, Optional.of(() -> List.of(READER)), Optional.of(operatorFile())), () -> nanos);

    private Supplier<List<String>> operatorFile() {
        return () -> {
            if (!isReadable) {
                throw new UncheckedIOException("gone", new IOException());
            }
            return operators;
        };
    }

    @Test
    void aTokenIsItsRole() {
        assertThat(board.roleOf(READER)).contains(Role.READER);
        assertThat(board.roleOf(OPERATOR)).contains(Role.OPERATOR);
    }

    @Test
    void whatIsNearlyATokenIsNone() {
        assertThat(List.of("", " ", READER + " ", READER.substring(1), READER + "x", READER.toUpperCase()))
                .allSatisfy(token -> assertThat(board.roleOf(token)).isEmpty());
    }

    @Test
    void whileATokenIsRenewedTheOldAndTheNewOneCount() {
        operators = List.of(OPERATOR, RENEWED);
        assertThat(board.roleOf(RENEWED)).isEmpty();

        nanos += TokenBoard.LOOK_EVERY.toNanos();
        assertThat(board.roleOf(RENEWED)).contains(Role.OPERATOR);
        assertThat(board.roleOf(OPERATOR)).contains(Role.OPERATOR);

        operators = List.of(RENEWED);
        nanos += TokenBoard.LOOK_EVERY.toNanos();
        assertThat(board.roleOf(OPERATOR)).isEmpty();
        assertThat(board.roleOf(RENEWED)).contains(Role.OPERATOR);
    }

    @Test
    void aFileThatCannotBeUsedLocksNobodyOutAndLetsNobodyIn() {
        operators = List.of();
        nanos += TokenBoard.LOOK_EVERY.toNanos();
        assertThat(board.roleOf(OPERATOR)).contains(Role.OPERATOR);
        assertThat(board.roleOf("")).isEmpty();

        isReadable = false;
        nanos += TokenBoard.LOOK_EVERY.toNanos();
        assertThat(board.roleOf(OPERATOR)).contains(Role.OPERATOR);

        isReadable = true;
        operators = List.of(READER);
        nanos += TokenBoard.LOOK_EVERY.toNanos();
        assertThat(board.roleOf(READER)).contains(Role.READER);
        assertThat(board.roleOf(OPERATOR)).contains(Role.OPERATOR);
    }

    @Test
    void withoutTokensNobodyIsAnybody() {
        TokenBoard none = new TokenBoard(new AccessSettings(false, Optional.empty(), Optional.empty()), () -> nanos);

        assertThat(none.hasTokens()).isFalse();
        assertThat(none.roleOf(OPERATOR)).isEmpty();
    }
}

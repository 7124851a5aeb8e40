package dev.prescale.accuracy;

import dev.prescale.accuracy.GateStatus.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trust that is lost and earned slowly: worse than the best baseline for 3 h means distrusted, not worse for 6 h trusted
 * again. After a silence a stretch begins anew: what was not observed is not held against the forecast, nor in its favour.
 * Not thread-safe.
 */
final class GateHysteresis {
    static final Duration WORSE_UNTIL_DISTRUSTED = Duration.ofHours(3);
    static final Duration BETTER_UNTIL_TRUSTED = Duration.ofHours(6);

    /** What a comparison says of the forecast. */
    enum Verdict {
        UNKNOWN,
        WORSE,
        NOT_WORSE;

        /** Of losses in the same unit; not known where one of them is not. */
        static Verdict of(double loss, double tolerated) {
            if (Double.isNaN(loss) || Double.isNaN(tolerated)) {
                return UNKNOWN;
            }
            return loss > tolerated ? WORSE : NOT_WORSE;
        }
    }

    private final Duration longestSilence;
    private State state = State.DISTRUSTED;
    private Instant since;
    private Instant lastVerdict;
    /** Begin of the stretch in which the verdicts speak against the present state, null while they do not. */
    private @Nullable Instant contraryFrom;

    /** Distrusted from {@code now} on. */
    GateHysteresis(Duration longestSilence, Instant now) {
        this.longestSilence = longestSilence;
        this.since = now;
        this.lastVerdict = now;
    }

    /** Begins anew in the state that a verdict asks for, without waiting. */
    void begin(Verdict verdict, Instant now) {
        state = verdict == Verdict.NOT_WORSE ? State.TRUSTED : State.DISTRUSTED;
        since = now;
        lastVerdict = now;
        contraryFrom = null;
    }

    /** Takes in a verdict and moves the state where it has to. */
    void observe(Verdict verdict, Instant now) {
        boolean silent = Duration.between(lastVerdict, now).compareTo(longestSilence) > 0;
        lastVerdict = now;
        Verdict contrary = state == State.TRUSTED ? Verdict.WORSE : Verdict.NOT_WORSE;
        if (verdict != contrary) {
            contraryFrom = null;
            return;
        }
        Instant from = contraryFrom == null || silent ? now : contraryFrom;
        contraryFrom = from;
        Duration needed = state == State.TRUSTED ? WORSE_UNTIL_DISTRUSTED : BETTER_UNTIL_TRUSTED;
        if (Duration.between(from, now).compareTo(needed) >= 0) {
            state = state == State.TRUSTED ? State.DISTRUSTED : State.TRUSTED;
            since = now;
            contraryFrom = null;
        }
    }

    State state() {
        return state;
    }

    /** When the state last changed. */
    Instant since() {
        return since;
    }
}

package dev.prescale.adapter.kubernetes.lease;

/** The next moment at which something changes by the passing of time alone, on a clock that may start anywhere. */
final class Alarm {
    private final long now;
    private long wait;

    /** @param longest ns to wait at most */
    Alarm(long now, long longest) {
        this.now = now;
        this.wait = longest;
    }

    /** Whether that moment has come; else it is waited for. */
    boolean isPast(long moment) {
        long ahead = moment - now;
        if (ahead <= 0) {
            return true;
        }
        wait = Math.min(wait, ahead);
        return false;
    }

    long now() {
        return now;
    }

    /** ns from now */
    long delay() {
        return wait;
    }
}

package dev.prescale.adapter.client;

/** No service was reached, or it is none of ours, or it failed; the message is one line for a user. */
public final class ServiceFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfAccess;

    ServiceFault(String message) {
        super(message);
        this.isOfAccess = false;
    }

    ServiceFault(String message, Throwable cause) {
        super(message, cause);
        this.isOfAccess = false;
    }

    private ServiceFault(String message, boolean isOfAccess) {
        super(message);
        this.isOfAccess = isOfAccess;
    }

    /** The service was reached, and whoever asks may not, or not so. */
    static ServiceFault ofAccess(String message) {
        return new ServiceFault(message, true);
    }

    /** Whether the service was reached and refuses whoever asks. */
    public boolean isOfAccess() {
        return isOfAccess;
    }
}

package dev.prescale.adapter.client;

/** No service was reached, or it is none of ours, or it failed; the message is one line for a user. */
public final class ServiceFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceFault(String message) {
        super(message);
    }

    ServiceFault(String message, Throwable cause) {
        super(message, cause);
    }
}

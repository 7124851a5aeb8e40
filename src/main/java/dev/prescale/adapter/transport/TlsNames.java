package dev.prescale.adapter.transport;

/** Names in the frame's registry of certificates. */
public final class TlsNames {
    /** Of the certificate that REST and gRPC are served with. */
    public static final String REGISTERED = "prescale";

    private TlsNames() {}
}

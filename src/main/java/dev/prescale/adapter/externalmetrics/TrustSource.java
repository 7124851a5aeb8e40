package dev.prescale.adapter.externalmetrics;

/** Port: where it stands whose certificates are believed. May wait. */
interface TrustSource {
    /** It cannot be read. The message is a clause. */
    final class Unreadable extends Exception {
        Unreadable(String clause) {
            super(clause);
        }
    }

    ClientTrust read() throws Unreadable;
}

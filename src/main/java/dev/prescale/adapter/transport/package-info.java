/** The ports: TLS and client certificates, gRPC on a port of its own, and what is answered where. Knows nothing of what is answered. */
@NullMarked
package dev.prescale.adapter.transport;

import org.jspecify.annotations.NullMarked;

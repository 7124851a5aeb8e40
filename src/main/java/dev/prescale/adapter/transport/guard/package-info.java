/** Before a request is answered: who asks, how often, and from whose page; and the headers of every answer. Knows nothing of what is answered. */
@NullMarked
package dev.prescale.adapter.transport.guard;

import org.jspecify.annotations.NullMarked;

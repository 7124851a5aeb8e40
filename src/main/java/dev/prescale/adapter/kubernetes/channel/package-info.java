/**
 * What Prescale writes to workloads and to HPAs that scale them: small patches with the field manager {@code prescale}, each on
 * the condition that what was decided on is still there. Never a whole object.
 */
@NullMarked
package dev.prescale.adapter.kubernetes.channel;

import org.jspecify.annotations.NullMarked;

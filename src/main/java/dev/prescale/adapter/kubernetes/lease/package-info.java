/** Who acts for which endpoint where several replicas of Prescale run: Leases, see {@code docs/decisions/0027-leases.md}. */
@NullMarked
package dev.prescale.adapter.kubernetes.lease;

import org.jspecify.annotations.NullMarked;

package dev.prescale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ComputeSlotsTest {
    @Test
    void aWaitingComputationRunsWhenASlotIsFree() throws Exception {
        ComputeSlots slots = new ComputeSlots("forecasts are being computed", 1, 1, Duration.ofMinutes(1));
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> first = threads.submit(() -> held(slots, release));
            Future<Integer> second = threads.submit(() -> slots.compute(() -> 2));
            release.countDown();

            assertThat(first.get()).isEqualTo(1);
            assertThat(second.get()).isEqualTo(2);
        }
    }

    @Test
    void whereNoneMayWaitTheNextIsRefusedWithATimeToRetry() throws Exception {
        ComputeSlots slots = new ComputeSlots("forecasts are being computed", 1, 0, Duration.ofMinutes(1));

        Integer outer = slots.compute(() -> {
            assertRefused(slots);
            return 1;
        });

        assertThat(outer).isEqualTo(1);
    }

    @Test
    void aWaitHasAnEnd() {
        ComputeSlots slots = new ComputeSlots("forecasts are being computed", 1, 1, Duration.ZERO);

        slots.compute(() -> {
            assertRefused(slots);
            return 1;
        });
    }

    @Test
    void aFaultFreesTheSlot() {
        ComputeSlots slots = new ComputeSlots("forecasts are being computed", 1, 0, Duration.ZERO);

        assertThatThrownBy(() -> slots.compute(() -> {
                    throw new IllegalStateException("no forecast");
                }))
                .hasMessage("no forecast");
        assertThat(slots.<Integer>compute(() -> 1)).isEqualTo(1);
    }

    private static void assertRefused(ComputeSlots slots) {
        assertThatThrownBy(() -> slots.compute(() -> 2)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(429);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    private static int held(ComputeSlots slots, CountDownLatch release) {
        return slots.compute(() -> {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return 1;
        });
    }
}

package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.Workers.Undone;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedWorkersTest {
    private static final EndpointId SLOW = new EndpointId("test", "slow");
    private static final EndpointId QUICK = new EndpointId("test", "quick");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void releaseWhoeverWaits() {
        release.countDown();
    }

    @Test
    void allWorkIsDone() {
        try (BoundedWorkers workers = new BoundedWorkers("test", 2, LONG)) {
            Map<EndpointId, Runnable> work = new LinkedHashMap<>();
            for (int k = 0; k < 1_000; k++) {
                work.put(new EndpointId("test", "e" + k), done::incrementAndGet);
            }
            assertThat(workers.run(work)).isEqualTo(Undone.NOTHING);
            assertThat(done).hasValue(1_000);
        }
    }

    @Test
    void whatFailsHarmsNoOther() {
        try (BoundedWorkers workers = new BoundedWorkers("test", 1, LONG)) {
            Map<EndpointId, Runnable> work = new LinkedHashMap<>();
            work.put(SLOW, () -> {
                throw new IllegalStateException("a test");
            });
            work.put(QUICK, done::incrementAndGet);
            assertThat(workers.run(work)).isEqualTo(Undone.NOTHING);
            assertThat(done).hasValue(1);
            assertThat(workers.isBusy(SLOW)).isFalse();
        }
    }

    @Test
    void slowWorkGoesOnAndStaysBusyUntilItIsDone() throws InterruptedException {
        try (BoundedWorkers workers = new BoundedWorkers("test", 2, SHORT)) {
            CountDownLatch begun = new CountDownLatch(1);
            Map<EndpointId, Runnable> slow = Map.of(SLOW, () -> {
                begun.countDown();
                waitForRelease();
                done.incrementAndGet();
            });
            Undone undone = workers.run(slow);
            // where the thread was late to begin at all, the work was dropped: asked again, it begins at some time
            while (undone.begun().isEmpty()) {
                undone = workers.run(slow);
            }
            begun.await();
            assertThat(undone).isEqualTo(new Undone(Set.of(SLOW), Set.of()));
            assertThat(workers.isBusy(SLOW)).isTrue();

            release.countDown();
            Awaitility.await().until(() -> !workers.isBusy(SLOW));
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void workThatHasNotBegunInTimeNeverBegins() throws InterruptedException {
        try (BoundedWorkers workers = new BoundedWorkers("test", 1, SHORT)) {
            Undone undone = workers.run(Map.of(SLOW, this::waitForRelease));
            while (undone.begun().isEmpty()) {
                undone = workers.run(Map.of(SLOW, this::waitForRelease));
            }
            assertThat(workers.run(Map.of(QUICK, done::incrementAndGet)))
                    .isEqualTo(new Undone(Set.of(), Set.of(QUICK)));

            release.countDown();
            Awaitility.await().until(() -> !workers.isBusy(SLOW));
            Awaitility.await()
                    .until(() ->
                            workers.run(Map.of(SLOW, done::incrementAndGet)).equals(Undone.NOTHING));
            assertThat(done).hasValue(1);
        }
    }

    private void waitForRelease() {
        try {
            release.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}

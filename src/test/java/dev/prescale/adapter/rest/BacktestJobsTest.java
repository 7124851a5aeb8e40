package dev.prescale.adapter.rest;

import static dev.prescale.adapter.rest.SlowBacktests.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.prescale.adapter.rest.BacktestState.Status;
import dev.prescale.backtest.BacktestWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backtests come, wait, run and go; the engine goes on when the test says so. */
class BacktestJobsTest {
    private final SlowBacktests engine = new SlowBacktests();
    private final AtomicLong nanos = new AtomicLong();
    private final BacktestJobs jobs = new BacktestJobs(engine, nanos::get, 2 * replayBytes());

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void oneRunsTellsItsProgressAndHasAResult() {
        BacktestJob job = jobs.submit(aRequest());
        SlowBacktests.Run run = engine.next();
        assertThat(job.state()).isEqualTo(BacktestState.running(job.id(), 0));

        run.reaches(0.5);
        run.reaches(0.4);
        assertThat(job.state()).isEqualTo(BacktestState.running(job.id(), 0.5));

        run.ends();
        awaitEnd(job);
        assertThat(job.state().status()).isEqualTo(Status.Done);
        assertThat(job.state().progress()).isEqualTo(1);
        assertThat(job.state().result()).isEqualTo(ReplayResult.of(SlowBacktests.resultOf(aRequest())));
        assertThat(jobs.find(job.id())).contains(job);
    }

    @Test
    void oneRunsAtATimeInTheOrderOfTheirComing() {
        BacktestJob first = jobs.submit(aRequest());
        BacktestJob second = jobs.submit(aRequest());
        SlowBacktests.Run run = engine.next();

        assertThat(engine.hasBegunAnother()).isFalse();
        run.ends();
        awaitEnd(first);
        SlowBacktests.Run next = engine.next();
        assertThat(second.state().status()).isEqualTo(Status.Running);
        next.ends();
        awaitEnd(second);
        assertThat(jobs.newestFirst()).containsExactly(second, first);
    }

    @Test
    void whereTooManyWaitTheNextIsRefusedUntilOneIsCanceled() {
        List<BacktestJob> taken = fill();

        assertThatThrownBy(() -> jobs.submit(aRequest())).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(429);
            assertThat(refused.retryAfter()).isPositive();
        });
        assertThat(jobs.remove(taken.getLast().id())).isTrue();
        assertThat(jobs.submit(aRequest()).state().status()).isEqualTo(Status.Running);
    }

    @Test
    void oneThatIsCanceledWhileItWaitsNeverRuns() {
        BacktestJob first = jobs.submit(aRequest());
        BacktestJob second = jobs.submit(aRequest());
        BacktestJob third = jobs.submit(aRequest());
        SlowBacktests.Run run = engine.next();

        jobs.remove(second.id());
        run.ends();
        awaitEnd(first);
        engine.next().ends();
        awaitEnd(third);

        assertThat(second.state().status()).isEqualTo(Status.Failed);
        assertThat(engine.hasBegunAnother()).isFalse();
    }

    @Test
    void oneThatIsCanceledWhileItRunsIsGoneAtOnceAndFreesItsPlace() {
        List<BacktestJob> taken = fill();
        SlowBacktests.Run run = engine.next();
        BacktestJob running = taken.getFirst();

        assertThat(jobs.remove(running.id())).isTrue();

        assertThat(running.state().status()).isEqualTo(Status.Failed);
        assertThat(running.state().detail()).isEqualTo("The backtest was canceled.");
        assertThat(jobs.find(running.id())).isEmpty();
        assertThat(jobs.remove(running.id())).isFalse();
        jobs.submit(aRequest());
        assertThat(run.endsWhereStopped()).isTrue();
        run.reaches(0.9);
        engine.next();
        assertThat(running.state().progress()).isZero();
    }

    @Test
    void aFaultEndsOneAndNotTheNextAndIsNotTold() {
        BacktestJob first = jobs.submit(aRequest());
        BacktestJob second = jobs.submit(aRequest());

        engine.next().fails();
        awaitEnd(first);
        assertThat(first.state().status()).isEqualTo(Status.Failed);
        assertThat(first.state().detail()).contains("log of the service").doesNotContain("secret");
        engine.next().ends();
        awaitEnd(second);
        assertThat(second.state().status()).isEqualTo(Status.Done);
    }

    @Test
    void whatHasEndedIsKeptForAnHour() {
        BacktestJob job = jobs.submit(aRequest());
        engine.next().ends();
        awaitEnd(job);

        nanos.addAndGet(BacktestJobs.KEPT_FOR.toNanos());
        assertThat(jobs.find(job.id())).contains(job);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(jobs.find(job.id())).isEmpty();
        assertThat(jobs.newestFirst()).isEmpty();
    }

    @Test
    void whatHasEndedIsKeptUpToANumberTheNewestLongest() {
        List<BacktestJob> ended = new ArrayList<>();
        for (int k = 0; k <= BacktestJobs.MOST_KEPT; k++) {
            ended.add(jobs.submit(aRequest()));
            engine.next().ends();
            awaitEnd(ended.getLast());
        }

        await().until(() -> jobs.newestFirst().size() == BacktestJobs.MOST_KEPT);
        assertThat(jobs.find(ended.getFirst().id())).isEmpty();
        assertThat(jobs.find(ended.getLast().id())).isPresent();
    }

    @Test
    void oldReplaysAreLetGoToMakeRoomButTheirResultsStay() {
        List<BacktestJob> ended = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            ended.add(jobs.submit(aRequest()));
            assertThatThrownBy(() -> jobs.replayOf(ended.getLast().id()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            early -> assertThat(early.problem().status()).isEqualTo(404));
            engine.next().ends();
            awaitEnd(ended.getLast());
            await().until(() -> jobs.replayOf(ended.getLast().id()) != null);
        }

        await().until(() -> ended.getFirst().replay().isEmpty());
        assertThatThrownBy(() -> jobs.replayOf(ended.getFirst().id()))
                .isInstanceOfSatisfying(ProblemException.class, gone -> {
                    assertThat(gone.problem().status()).isEqualTo(410);
                    assertThat(gone.problem().detail()).contains("its result is still there");
                });
        assertThat(ended.getFirst().state().result()).isNotNull();
        assertThat(jobs.replayOf(ended.get(1).id()).tracks()).hasSize(2);
        assertThat(jobs.replayOf(ended.get(2).id()).tracks()).hasSize(2);
    }

    private static long replayBytes() {
        SlowBacktests.Run run = new SlowBacktests.Run(aRequest(), BacktestWatch.NONE, new CompletableFuture<>());
        run.ends();
        return run.outcome().join().orElseThrow().bytes();
    }

    @Test
    void theEndOfTheServiceStopsAll() {
        BacktestJob running = jobs.submit(aRequest());
        BacktestJob waiting = jobs.submit(aRequest());
        SlowBacktests.Run run = engine.next();

        jobs.close();

        assertThat(run.watch().isStopped()).isTrue();
        assertThat(List.of(running, waiting))
                .allSatisfy(job -> assertThat(job.state().detail()).startsWith("The service stopped"));
        assertThatThrownBy(() -> jobs.submit(aRequest())).isInstanceOf(ProblemException.class);
    }

    private List<BacktestJob> fill() {
        List<BacktestJob> taken = new ArrayList<>();
        for (int k = 0; k <= BacktestJobs.MOST_WAITING; k++) {
            taken.add(jobs.submit(aRequest()));
        }
        return taken;
    }

    private static void awaitEnd(BacktestJob job) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> job.state().hasEnded());
    }
}

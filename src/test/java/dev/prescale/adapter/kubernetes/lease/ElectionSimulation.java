package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Replicas on one simulated API server, in simulated time. Requests and changes are slow, lost or late, processes stand still, each
 * has a clock of its own. Every 200 ms it is checked that no endpoint has an actor while a write that another one allowed itself
 * before may still arrive.
 */
final class ElectionSimulation {
    static final Duration LEASE = Duration.ofSeconds(15);
    static final List<EndpointId> ENDPOINTS = IntStream.range(0, 8)
            .mapToObj(number -> new EndpointId("inference", "chat-" + number))
            .toList();

    private static final long REQUEST = Duration.ofSeconds(5).toNanos();
    private static final long GRID = Duration.ofMillis(200).toNanos();

    private final SplittableRandom random;
    private final SimulatedLeases leases = new SimulatedLeases();
    private final Map<String, Node> nodes = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparing(Event::order));
    private final Map<EndpointId, Map<String, Long>> lastActed = new HashMap<>();
    private final Map<String, Integer> incarnations = new HashMap<>();
    private final Map<String, Integer> requests = new TreeMap<>();
    private long now;
    private long order;
    private long slowest = Duration.ofMillis(20).toNanos();
    private double loss;
    private boolean isDown;

    private record Event(long at, long order, Runnable what) {}

    ElectionSimulation(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One process. */
    final class Node {
        final String name;
        final ElectionSettings settings;
        private final Election election;
        private final long offset = random.nextLong();
        private final double rate = 1 + (random.nextDouble() - 0.5) / 1000;
        private long stepNumber;
        private long awakeAt;
        private long connectedAt;
        private long heardUntil;
        private int watch;
        private boolean isOver;

        Node(String name, int buckets) {
            this.name = name;
            this.settings = ElectionSettings.of(buckets, LEASE, Duration.ofMillis(5_500));
            this.election = new Election(
                    settings, () -> name + "-" + incarnations.merge(name, 1, Integer::sum), random.split(), clock());
            leases.watch((seen, isDeleted) -> {
                int session = watch;
                // in order, however late
                heardUntil = Math.max(heardUntil, now + pace());
                at(
                        heardUntil,
                        () -> ifAwake(() -> {
                            if (session == watch) {
                                if (isDeleted) {
                                    election.vanish(seen, clock());
                                } else {
                                    election.hear(seen, clock());
                                }
                                step();
                            }
                        }));
            });
            list();
        }

        private long clock() {
            return offset + (long) (now * rate);
        }

        private void list() {
            int session = ++watch;
            if (isDown || now < connectedAt) {
                after(Duration.ofSeconds(2), () -> ifAwake(this::list));
                return;
            }
            heardUntil = now;
            List<Seen> all = leases.list();
            long version = leases.version();
            at(
                    now + pace(),
                    () -> ifAwake(() -> {
                        if (session == watch) {
                            election.hearAll(all, version, clock());
                            step();
                        }
                    }));
            heardUntil = now + slowest;
        }

        private void ifAwake(Runnable work) {
            ifAwake(order++, work);
        }

        /** What waits keeps its place. */
        private void ifAwake(long place, Runnable work) {
            if (isOver) {
                return;
            }
            if (now < awakeAt) {
                events.add(new Event(awakeAt, place, () -> ifAwake(place, work)));
            } else {
                work.run();
            }
        }

        private void step() {
            long number = ++stepNumber;
            election.due(clock()).forEach(this::send);
            if (election.status(clock()).isDeaf()) {
                list();
            }
            at(
                    now + election.delay() + 1,
                    () -> ifAwake(() -> {
                        if (number == stepNumber) {
                            step();
                        }
                    }));
        }

        private void send(Write write) {
            requests.merge(write.getClass().getSimpleName(), 1, Integer::sum);
            long sentAt = now;
            if (isDown || now < connectedAt || random.nextDouble() < loss) {
                answer(write, new Write.Failed("no answer"), sentAt + (random.nextBoolean() ? pace() : REQUEST));
                return;
            }
            at(now + pace(), () -> {
                Answer answer = leases.write(write, settings, now / 1_000_000_000L);
                long arrival = now + pace();
                boolean isLost = random.nextDouble() < loss || arrival - sentAt > REQUEST;
                answer(write, isLost ? new Write.Failed("late") : answer, isLost ? sentAt + REQUEST : arrival);
            });
        }

        private void answer(Write write, Answer answer, long when) {
            at(
                    Math.max(when, now),
                    () -> ifAwake(() -> {
                        election.answered(write, answer, clock());
                        step();
                    }));
        }

        private long pace() {
            return 1 + random.nextLong(slowest);
        }

        boolean actsFor(EndpointId endpoint) {
            return !isOver && now >= awakeAt && election.actsFor(endpoint, clock());
        }

        ElectionStatus status() {
            return election.status(clock());
        }

        void crash() {
            isOver = true;
            nodes.remove(name);
        }

        /** Its writes have ended before, as whoever closes has to see to. */
        void leave() {
            election.leave();
            if (!isDown && now >= connectedAt) {
                election.farewells().forEach(write -> leases.write(write, settings, 0));
                leases.delete(election.id());
                lastActed.values().forEach(byNode -> byNode.remove(name));
            }
            crash();
        }

        void standStill(Duration time) {
            awakeAt = Math.max(awakeAt, now + time.toNanos());
        }

        void cutOff(Duration time) {
            connectedAt = now + time.toNanos();
            heardUntil = Math.max(heardUntil, connectedAt);
        }

        void hearLate(Duration time) {
            heardUntil = Math.max(heardUntil, now + time.toNanos());
        }

        void breakWatch() {
            list();
        }
    }

    Node start(String name, int buckets) {
        Node node = new Node(name, buckets);
        nodes.put(name, node);
        return node;
    }

    private void at(long when, Runnable what) {
        events.add(new Event(when, order++, what));
    }

    void after(Duration time, Runnable what) {
        at(now + time.toNanos(), what);
    }

    void be(Duration slowestWay, double lost, boolean down) {
        slowest = slowestWay.toNanos();
        loss = lost;
        isDown = down;
    }

    List<Node> nodes() {
        return new ArrayList<>(nodes.values());
    }

    SplittableRandom random() {
        return random;
    }

    SimulatedLeases leases() {
        return leases;
    }

    Map<String, Integer> requests() {
        return requests;
    }

    long now() {
        return now;
    }

    /** Runs for some time, checking. */
    void run(Duration time) {
        long end = now + time.toNanos();
        long steps = 0;
        while (now < end) {
            long grid = Math.min(end, now + GRID - now % GRID);
            while (!events.isEmpty() && events.peek().at() <= grid) {
                Event event = events.poll();
                now = Math.max(now, event.at());
                event.what().run();
                assertThat(++steps).as("events").isLessThan(5_000_000);
            }
            now = grid;
            check();
        }
    }

    private void check() {
        for (EndpointId endpoint : ENDPOINTS) {
            Map<String, Long> acted = lastActed.computeIfAbsent(endpoint, any -> new HashMap<>());
            nodes.values().stream().filter(node -> node.actsFor(endpoint)).forEach(node -> {
                acted.put(node.name, now);
                acted.forEach((other, at) -> {
                    if (!other.equals(node.name) && now - at < REQUEST) {
                        throw new AssertionError("%s acts for %s at %s, %s did so at %s"
                                .formatted(node.name, endpoint, Duration.ofNanos(now), other, Duration.ofNanos(at)));
                    }
                });
            });
        }
    }

    /** Who acts, by endpoint; an endpoint without an actor is missing. */
    Map<EndpointId, String> actors() {
        Map<EndpointId, String> actors = new TreeMap<>();
        nodes.values()
                .forEach(node ->
                        ENDPOINTS.stream().filter(node::actsFor).forEach(endpoint -> actors.put(endpoint, node.name)));
        return actors;
    }

    /** How long it takes until every endpoint has an actor. */
    Duration untilAllAct(Duration atMost) {
        long begin = now;
        while (actors().size() < ENDPOINTS.size()) {
            assertThat(Duration.ofNanos(now - begin)).as("without an actor").isLessThan(atMost);
            run(Duration.ofMillis(20));
        }
        return Duration.ofNanos(now - begin);
    }
}

package dev.prescale.control;

import dev.prescale.control.LeadTime.Source;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lead time of one endpoint, learnt from starts of its replicas. It is a function of the starts and the time alone, so
 * that a restart which reads the starts again goes on with the same number.
 *
 * <ol>
 *   <li>Starts of the last 7 days count, and the newest 5 whatever their age: a quiet week is no reason to forget.
 *   <li>Fewer than 5 that became ready: {@code initial}.
 *   <li>{@code aim = P90(starts of the newest template)}; while that has fewer than 5,
 *       {@code aim = max(P90(its starts), P90(all starts))}. P90 by nearest rank: of fewer than 10 starts the slowest.
 *   <li>An aim above the present value is taken at once. Towards one below, half of the difference goes every 6 hours:
 *       what starts quickly today is a cached image as often as a better one.
 *   <li>All within {@code [min, max]}.
 * </ol>
 *
 * The newest template is that of the start that was created last, of those created in the same second the one ready last. Not
 * thread-safe.
 */
public final class MeasuredLeadTime {
    static final Duration COUNTED = Duration.ofDays(7);
    static final int FEWEST = 5;
    static final int MOST = 200;
    static final double QUANTILE = 0.9;
    static final Duration HALVED_EVERY = Duration.ofHours(6);

    /** Older starts are of no use to anyone; how far back a restart should read. */
    public static final Duration REMEMBERED = Duration.ofDays(30);

    private static final Comparator<ReplicaStart> BY_END =
            Comparator.comparing(MeasuredLeadTime::end).thenComparing(ReplicaStart::id);

    private final LeadTimeBounds bounds;
    private final Map<String, ReplicaStart> byId = new HashMap<>();

    /** Ids that were once there and had to go: their readiness may come back, and then it is not a start. */
    private final Set<String> forgotten = new HashSet<>();

    private @Nullable Descent descent;
    private Instant validUntil = Instant.MIN;
    private int ready;
    private int neverReady;
    private List<ReplicaStart> counted = List.of();

    public MeasuredLeadTime(LeadTimeBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes in starts, those of earlier looks included.
     *
     * @return what was new: became ready, or has taken longer than {@code max}; to be kept in a {@link StartLog}
     */
    public List<ReplicaStart> observe(List<ReplicaStart> starts, Instant now) {
        List<ReplicaStart> news = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (ReplicaStart start : starts) {
            present.add(start.id());
            if (isNews(start, now)) {
                byId.put(start.id(), start);
                news.add(start);
            }
        }
        forgotten.retainAll(present);
        if (!news.isEmpty()) {
            forgetOldest(now);
            validUntil = Instant.MIN;
        }
        return news;
    }

    /** Takes in what a {@link StartLog} has kept. */
    public void restore(List<ReplicaStart> starts, Instant now) {
        observe(starts, now);
    }

    private boolean isNews(ReplicaStart start, Instant now) {
        ReplicaStart known = byId.get(start.id());
        boolean isFirstTime = known == null || (known.ready() == null && start.ready() != null);
        return isFirstTime
                && !forgotten.contains(start.id())
                && !end(start).isAfter(now)
                && (start.ready() != null || start.created().plus(bounds.max()).isBefore(now))
                && end(start).isAfter(now.minus(REMEMBERED));
    }

    private void forgetOldest(Instant now) {
        List<ReplicaStart> all = new ArrayList<>(byId.values());
        all.sort(BY_END);
        int surplus = all.size() - MOST;
        for (int k = 0; k < all.size(); k++) {
            ReplicaStart start = all.get(k);
            if (k < surplus || !end(start).isAfter(now.minus(REMEMBERED))) {
                byId.remove(start.id());
                forgotten.add(start.id());
            }
        }
    }

    /** The lead time in force. */
    public LeadTime at(Instant now) {
        if (!now.isBefore(validUntil)) {
            relive(now);
        }
        Descent present = descent;
        if (present == null) {
            return new LeadTime(bounds.initial(), Source.INITIAL, ready, neverReady, null, null, null);
        }
        return new LeadTime(
                Duration.ofMillis(Math.round(present.at(now))),
                Source.MEASURED,
                counted.size(),
                neverReady,
                median(ReplicaStart::scheduling),
                median(ReplicaStart::image),
                median(ReplicaStart::start));
    }

    /** Goes through all that happened: starts that became ready, and starts that left the 7 days. */
    private void relive(Instant now) {
        List<ReplicaStart> starts = byId.values().stream()
                .filter(start -> start.ready() != null)
                .sorted(BY_END)
                .toList();
        List<Instant> events = new ArrayList<>();
        starts.forEach(start -> events.add(end(start)));
        starts.forEach(start -> events.add(end(start).plus(COUNTED)));
        events.sort(Comparator.naturalOrder());
        Descent past = null;
        Instant next = Instant.MAX;
        for (Instant event : events) {
            if (event.isAfter(now)) {
                next = event;
                break;
            }
            past = step(past, window(starts, event), event);
        }
        List<ReplicaStart> window = window(starts, now);
        descent = past;
        ready = window.size();
        counted = aimedAt(window);
        neverReady = (int) byId.values().stream()
                .filter(start -> end(start).isAfter(now.minus(COUNTED)))
                .filter(this::isNeverReady)
                .count();
        Instant oldestFailure = byId.values().stream()
                .filter(start -> start.ready() == null)
                .map(start -> end(start).plus(COUNTED))
                .filter(leaves -> leaves.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        validUntil = next.isBefore(oldestFailure) ? next : oldestFailure;
    }

    private boolean isNeverReady(ReplicaStart start) {
        Duration took = start.duration();
        return took == null || took.compareTo(bounds.max()) > 0;
    }

    private @Nullable Descent step(@Nullable Descent past, List<ReplicaStart> window, Instant event) {
        if (window.size() < FEWEST) {
            return null;
        }
        double aim = aim(window);
        double value = past == null ? aim : Math.max(aim, past.at(event));
        return new Descent(event, value, aim);
    }

    /** Ready starts of the 7 days before, or the newest {@link #FEWEST} before, in order. */
    private static List<ReplicaStart> window(List<ReplicaStart> starts, Instant at) {
        int to = 0;
        while (to < starts.size() && !end(starts.get(to)).isAfter(at)) {
            to++;
        }
        int from = 0;
        while (from < to && !end(starts.get(from)).isAfter(at.minus(COUNTED))) {
            from++;
        }
        return starts.subList(Math.max(0, Math.min(from, to - FEWEST)), to);
    }

    /** In ms. */
    private double aim(List<ReplicaStart> window) {
        List<ReplicaStart> own = ofNewestTemplate(window);
        double aim = p90(own);
        return own.size() < FEWEST ? Math.max(aim, p90(window)) : aim;
    }

    private static List<ReplicaStart> aimedAt(List<ReplicaStart> window) {
        List<ReplicaStart> own = ofNewestTemplate(window);
        return own.size() < FEWEST ? window : own;
    }

    private static List<ReplicaStart> ofNewestTemplate(List<ReplicaStart> window) {
        return window.stream()
                .max(Comparator.comparing(ReplicaStart::created).thenComparing(BY_END))
                .map(newest -> window.stream()
                        .filter(start -> start.template().equals(newest.template()))
                        .toList())
                .orElse(List.of());
    }

    private double p90(List<ReplicaStart> starts) {
        double[] sorted = starts.stream()
                .map(ReplicaStart::duration)
                .mapToDouble(took -> took == null ? 0 : took.toMillis())
                .sorted()
                .toArray();
        double p90 = sorted[(int) Math.ceil(QUANTILE * sorted.length) - 1];
        return Math.clamp(p90, bounds.min().toMillis(), bounds.max().toMillis());
    }

    private @Nullable Duration median(Function<ReplicaStart, @Nullable Duration> part) {
        List<Duration> known = new ArrayList<>();
        for (ReplicaStart start : counted) {
            Duration took = part.apply(start);
            if (took != null) {
                known.add(took);
            }
        }
        known.sort(Comparator.naturalOrder());
        return known.isEmpty() ? null : known.get((known.size() - 1) / 2);
    }

    private static Instant end(ReplicaStart start) {
        Instant ready = start.ready();
        return ready == null ? start.created() : ready;
    }

    /** A value in ms that comes down from where it was to what it aims at. */
    private record Descent(Instant from, double value, double aim) {
        double at(Instant now) {
            double halves = (double) Duration.between(from, now).toMillis() / HALVED_EVERY.toMillis();
            return aim + (value - aim) * Math.pow(2, -Math.max(0, halves));
        }
    }
}

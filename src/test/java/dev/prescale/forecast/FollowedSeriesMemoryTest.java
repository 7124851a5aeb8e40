package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FollowedSeriesMemoryTest {
    private static final int DAY = 144;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.5, 0.95);

    /** Bytes of all arrays of numbers that can be reached, each with a header of 16 bytes. */
    private static long bytesOfNumbers(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(root);
        long bytes = 0;
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            Class<?> type = next.getClass();
            if (type.isArray()) {
                if (type.getComponentType().isPrimitive()) {
                    bytes += 16 + (long) Array.getLength(next) * width(type.getComponentType());
                } else {
                    for (Object element : (Object[]) next) {
                        push(open, element);
                    }
                }
            } else if (next instanceof Iterable<?> elements) {
                elements.forEach(element -> push(open, element));
            } else if (type.getPackageName().startsWith("dev.prescale") && !type.isEnum()) {
                pushFields(open, next);
            }
        }
        return bytes;
    }

    private static void pushFields(Deque<Object> open, Object of) {
        for (Class<?> type = of.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    try {
                        push(open, field.get(of));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }

    private static void push(Deque<Object> open, Object value) {
        if (value != null) {
            open.push(value);
        }
    }

    private static int width(Class<?> type) {
        return type == boolean.class || type == byte.class
                ? 1
                : type == short.class || type == char.class ? 2 : type == int.class || type == float.class ? 4 : 8;
    }

    @Test
    void fourWeeksAtTenMinutesFitIntoThreeQuartersOfAMegabyte() {
        FollowedSeries followed = new CombinedForecaster()
                .follow(
                        Rates.of(Rates.TEN_MINUTES, 28 * DAY, t -> 10 + 5 * Math.sin(t / 23.0)),
                        TrafficCalendar.UTC,
                        2 * DAY);
        followed.forecast(LEVELS);
        long bytes = bytesOfNumbers(followed);
        // per step: rate, z, week share, four memories, sums, smoothed z, three states (8 bytes each), three counts (4)
        assertThat(bytes).isGreaterThan(28 * DAY * (12 * 8 + 3 * 4)).isLessThan(768 * 1024);
    }

    @Test
    void aDayMoreTakesAsMuchAsADayOfTheHistoryAndNoIssuesPileUp() {
        FollowedSeries followed = new CombinedForecaster()
                .follow(Rates.of(Rates.TEN_MINUTES, 28 * DAY, t -> 10), TrafficCalendar.UTC, 2 * DAY);
        long before = bytesOfNumbers(followed);
        for (int t = 0; t < 14 * DAY; t++) {
            followed.append(10);
        }
        assertThat((bytesOfNumbers(followed) - before) / 14).isLessThan(DAY * 150L);
    }
}

package dev.prescale.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind as the last event of their watch left them, without what nobody reads. It outlives the informer that
 * fills it: the next one goes on with what is there. One thread writes at a time, any may read meanwhile; what is handed out
 * is shared and must not be changed.
 */
final class ObjectStore<T extends HasMetadata> {
    private final Consumer<? super T> trim;
    private final Function<? super T, Stream<String>> index;
    private final Tracker<? super T> tracker;
    private final Map<String, T> objects = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> keysByIndex = new ConcurrentHashMap<>();
    private @Nullable Writer writer;
    private final AtomicLong changes = new AtomicLong();

    /** Sees every version of every object in order, as the watch brings it. */
    interface Tracker<T> {
        void present(T object);

        void gone(T object);

        /** Looks away. */
        static <T> Tracker<T> none() {
            return new Tracker<>() {
                @Override
                public void present(T object) {}

                @Override
                public void gone(T object) {}
            };
        }
    }

    /**
     * @param trim removes what nobody reads, in place
     * @param index under which keys an object is found; the same as long as it does not change
     */
    ObjectStore(Consumer<? super T> trim, Function<? super T, Stream<String>> index, Tracker<? super T> tracker) {
        this.trim = trim;
        this.index = index;
        this.tracker = tracker;
    }

    static String key(@Nullable String namespace, String name) {
        return namespace + "/" + name;
    }

    private static String key(HasMetadata object) {
        return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    @Nullable
    T get(String namespace, String name) {
        return objects.get(key(namespace, name));
    }

    Stream<T> all() {
        return objects.values().stream();
    }

    /** Those that the index has under this key, in no order. */
    Stream<T> under(String indexKey) {
        return keysByIndex.getOrDefault(indexKey, Set.of()).stream()
                .map(objects::get)
                .filter(Objects::nonNull);
    }

    int countUnder(String indexKey) {
        return keysByIndex.getOrDefault(indexKey, Set.of()).size();
    }

    /** Grows with every change. */
    long changes() {
        return changes.get();
    }

    /** What a new informer writes through; from now on those before it change nothing any more. */
    synchronized ItemStore<T> newWriter() {
        Writer next = new Writer();
        writer = next;
        return next;
    }

    /** Forgets all; whoever wrote until now changes nothing any more. */
    synchronized void clear() {
        writer = null;
        new HashSet<>(objects.keySet()).forEach(this::forget);
    }

    private @Nullable T keep(String key, T object) {
        trim.accept(object);
        T before = objects.put(key, object);
        Set<String> now = new HashSet<>();
        index.apply(object).forEach(now::add);
        now.forEach(indexKey -> keysByIndex
                .computeIfAbsent(indexKey, any -> ConcurrentHashMap.newKeySet())
                .add(key));
        if (before != null) {
            index.apply(before).filter(indexKey -> !now.contains(indexKey)).forEach(indexKey -> unlink(indexKey, key));
            if (!Objects.equals(
                    before.getMetadata().getUid(), object.getMetadata().getUid())) {
                tracker.gone(before);
            }
        }
        tracker.present(object);
        changes.incrementAndGet();
        return before;
    }

    private @Nullable T forget(String key) {
        T before = objects.remove(key);
        if (before != null) {
            index.apply(before).forEach(indexKey -> unlink(indexKey, key));
            tracker.gone(before);
            changes.incrementAndGet();
        }
        return before;
    }

    private void unlink(String indexKey, String key) {
        keysByIndex.computeIfPresent(indexKey, (any, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
        });
    }

    private final class Writer implements ItemStore<T> {
        @Override
        public String getKey(T object) {
            return key(object);
        }

        @Override
        public @Nullable T put(String key, T object) {
            synchronized (ObjectStore.this) {
                return writer == this ? keep(key, object) : null;
            }
        }

        @Override
        public @Nullable T remove(String key) {
            synchronized (ObjectStore.this) {
                return writer == this ? forget(key) : null;
            }
        }

        @Override
        public Stream<String> keySet() {
            return objects.keySet().stream();
        }

        @Override
        public Stream<T> values() {
            return all();
        }

        @Override
        public int size() {
            return objects.size();
        }

        @Override
        public @Nullable T get(String key) {
            return objects.get(key);
        }
    }
}

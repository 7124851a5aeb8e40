package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.ApiFaults;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One list of all Leases of ours, and every change after it in order. It ends with the first disturbance; then a new one is
 * to be begun, so that whoever listens has a whole picture each time. fabric8's informer hands a picture out in pieces.
 */
final class LeaseWatch implements AutoCloseable {
    private final FilterWatchListDeletable<Lease, LeaseList, Resource<Lease>> leases;
    private final Listener listener;
    private final Consumer<String> faults;
    private @Nullable Watch watch;
    private volatile boolean hasEnded;

    /** Who wants to know. */
    interface Listener {
        void listed(List<Seen> all, long version);

        void changed(Seen seen);

        void deleted(Seen seen);

        void ended();
    }

    LeaseWatch(KubernetesClient client, String namespace, Listener listener, Consumer<String> faults) {
        this.leases = client.leases().inNamespace(namespace).withLabel(LeaseObjects.KIND);
        this.listener = listener;
        this.faults = faults;
    }

    /** Lists, and watches from there; false where that failed. */
    boolean begin() {
        try {
            // without a resource version: what a quorum has, not what a cache has
            LeaseList list = leases.list();
            String version = list.getMetadata().getResourceVersion();
            listener.listed(
                    list.getItems().stream()
                            .map(LeaseObjects::read)
                            .flatMap(Optional::stream)
                            .toList(),
                    Long.parseLong(version));
            watch = leases.watch(
                    new ListOptionsBuilder().withResourceVersion(version).build(), new Changes());
            return true;
        } catch (KubernetesClientException fault) {
            faults.accept(ApiFaults.sentence(fault));
            return false;
        }
    }

    private final class Changes implements Watcher<Lease> {
        @Override
        public boolean reconnecting() {
            return false;
        }

        @Override
        public void eventReceived(Action action, Lease lease) {
            if (hasEnded) {
                return;
            }
            switch (action) {
                case ADDED, MODIFIED -> LeaseObjects.read(lease).ifPresent(listener::changed);
                case DELETED -> LeaseObjects.read(lease).ifPresent(listener::deleted);
                case ERROR, BOOKMARK -> {}
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            end();
        }

        @Override
        public void onClose() {
            end();
        }
    }

    private void end() {
        if (!hasEnded) {
            hasEnded = true;
            listener.ended();
        }
    }

    @Override
    public void close() {
        hasEnded = true;
        if (watch != null) {
            watch.close();
        }
    }
}

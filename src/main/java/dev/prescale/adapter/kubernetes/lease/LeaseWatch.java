package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.ApiFaults;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
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
    private final NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases;
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

    LeaseWatch(
            NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases,
            Listener listener,
            Consumer<String> faults) {
        this.leases = leases;
        this.listener = listener;
        this.faults = faults;
    }

    /** Lists, and watches from there; false where that failed. */
    boolean begin() {
        try {
            Listed listed = list(leases);
            listener.listed(listed.all(), listed.version());
            watch = leases.withLabel(LeaseObjects.KIND)
                    .watch(
                            new ListOptionsBuilder()
                                    .withResourceVersion(String.valueOf(listed.version()))
                                    .build(),
                            new Changes());
            return true;
        } catch (KubernetesClientException fault) {
            faults.accept(ApiFaults.sentence(fault));
            return false;
        }
    }

    /** All Leases of ours, as of a version. */
    record Listed(List<Seen> all, long version) {}

    /** Asked for without a resource version: what a quorum has, not what a cache has. */
    static Listed list(NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases) {
        LeaseList list = leases.withLabel(LeaseObjects.KIND).list();
        return new Listed(
                list.getItems().stream()
                        .map(LeaseObjects::read)
                        .flatMap(Optional::stream)
                        .toList(),
                Long.parseLong(list.getMetadata().getResourceVersion()));
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

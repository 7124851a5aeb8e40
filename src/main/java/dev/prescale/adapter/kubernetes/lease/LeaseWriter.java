package dev.prescale.adapter.kubernetes.lease;

import dev.prescale.adapter.kubernetes.ApiFaults;
import dev.prescale.adapter.kubernetes.lease.Write.Answer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;

/** Makes an election's writes, each by one request. Safe for use by many threads. */
final class LeaseWriter {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases;
    private final LeaseObjects objects;

    LeaseWriter(NonNamespaceOperation<Lease, LeaseList, Resource<Lease>> leases, ElectionSettings settings) {
        this.leases = leases;
        this.objects = new LeaseObjects(settings);
    }

    Answer write(Write write, Instant now) {
        try {
            return switch (write) {
                case Write.Enroll enroll -> create(objects.replica(enroll.id(), enroll.standsBy(), now));
                case Write.Renew renew -> patch(LeaseObjects.renewal(renew, now));
                case Write.Bury bury -> bury(bury);
                case Write.Take take when take.isNew() -> create(objects.bucket(take.bucket(), take.id(), now));
                case Write.Take take -> patch(objects.taking(take, now));
                case Write.Release release -> patch(LeaseObjects.release(release, now));
            };
        } catch (KubernetesClientException fault) {
            return answer(write, fault);
        }
    }

    private Answer answer(Write write, KubernetesClientException fault) {
        if (ApiFaults.isConflict(fault)) {
            return new Write.Conflict();
        }
        // of what is to be created it is the namespace that is not there
        boolean isNew = write instanceof Write.Enroll || (write instanceof Write.Take take && take.isNew());
        if (ApiFaults.isNotFound(fault) && !isNew) {
            return new Write.Gone();
        }
        return new Write.Failed(ApiFaults.sentence(fault));
    }

    private Answer create(Lease lease) {
        return written(leases.resource(lease).create());
    }

    /** The object itself is sent: given as text, the client would read what is there first. */
    private Answer patch(Lease patch) {
        return written(leases.resource(patch).patch(MERGE, patch));
    }

    private Answer bury(Write.Bury bury) {
        boolean isDeleted = !leases.withName(LeaseObjects.replicaName(bury.dead()))
                .lockResourceVersion(String.valueOf(bury.version()))
                .delete()
                .isEmpty();
        return isDeleted ? new Write.Written(bury.version()) : new Write.Gone();
    }

    /** Deletes this replica's own Lease. */
    void resign(String id) {
        leases.withName(LeaseObjects.replicaName(id)).delete();
    }

    private static Answer written(Lease lease) {
        return new Write.Written(Long.parseLong(lease.getMetadata().getResourceVersion()));
    }
}

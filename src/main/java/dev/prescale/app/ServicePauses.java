package dev.prescale.app;

import dev.prescale.app.ServiceSpecs.InFile;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pauses of the service. A resource of the cluster is annotated, which all replicas see. A file is its author's: its pause is kept beside it,
 * by this replica alone, and so refused where another one may act.
 */
@Singleton
@Typed(ServicePauses.class)
class ServicePauses implements Pauses {
    private final ServiceLoop loop;
    private final ServiceFleet service;

    ServicePauses(ServiceLoop loop, ServiceFleet service) {
        this.loop = loop;
        this.service = service;
    }

    @Override
    public Outcome pause(EndpointId endpoint, PauseNote note) {
        Optional<InFile> file = loop.specs().inFile(endpoint);
        return file.isPresent() ? pauseFile(file.get(), note) : inCluster(cluster -> cluster.pause(endpoint, note));
    }

    @Override
    public Outcome resume(EndpointId endpoint) {
        Optional<InFile> file = loop.specs().inFile(endpoint);
        return file.isPresent() ? resumeFile(file.get()) : inCluster(cluster -> cluster.resume(endpoint));
    }

    private Outcome inCluster(Function<Pauses, Outcome> order) {
        return service.cluster().map(ServiceCluster::pauses).map(order).orElseGet(NotThere::new);
    }

    private Outcome pauseFile(InFile file, PauseNote note) {
        EndpointId endpoint = file.spec().id();
        Pausing own = file.spec().pausing();
        if (own.paused()) {
            return new Done(false, own);
        }
        Optional<PauseNote> before = loop.pauses().of(endpoint);
        if (before.isPresent()) {
            return new Done(false, new Pausing(true, own.scaleInPaused(), before.get()));
        }
        if (othersMayAct()) {
            return notOfThisReplica(file);
        }
        loop.pauses().put(endpoint, note);
        loop.readSpecs();
        return new Done(true, new Pausing(true, own.scaleInPaused(), note));
    }

    private Outcome resumeFile(InFile file) {
        EndpointId endpoint = file.spec().id();
        Pausing own = file.spec().pausing();
        if (own.paused()) {
            return new NotOurs("%s is paused by the annotation prescale.dev/paused in the file %s; take it out there."
                    .formatted(endpoint, file.file()));
        }
        if (loop.pauses().of(endpoint).isEmpty()) {
            return othersMayAct() ? notOfThisReplica(file) : new Done(false, own);
        }
        loop.pauses().remove(endpoint);
        loop.readSpecs();
        return new Done(true, own);
    }

    private boolean othersMayAct() {
        return service.cluster().map(ServiceCluster::hasElection).orElse(false);
    }

    private static Outcome notOfThisReplica(InFile file) {
        return new NotOurs(
                "Several replicas may act for %s, and its specification is the file %s: set the annotation prescale.dev/paused there."
                        .formatted(file.spec().id(), file.file()));
    }
}

package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.testing.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** A real API server with a namespace, a user with the verbs that the channels need, and the channels of that user. */
final class ChannelServer implements AutoCloseable {
    static final String NAMESPACE = Hpas.NAMESPACE;
    private static final String ROLE = "prescale-act";

    final KubernetesApiServer server = KubernetesApiServer.begin();
    final KubernetesClient admin = server.admin();
    final FixedView view = new FixedView();
    private final KubernetesClient prescale = server.client(KubernetesApiServer.PRESCALE);

    /** @param leadership of the channels */
    WorkloadChannels channels(Leadership leadership) {
        return new WorkloadChannels(prescale, view, leadership, Duration.ofMinutes(15));
    }

    /** Makes the namespace and lets the user do this, and no more. */
    void grant(String apiGroup, String... resources) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ROLE)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE)
                        .addNewSubject("rbac.authorization.k8s.io", "User", KubernetesApiServer.PRESCALE, null)
                        .build())
                .create();
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(ROLE)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(apiGroup)
                        .withResources(resources)
                        .withVerbs("patch")
                        .endRule()
                        .build())
                .create();
    }

    /** Lets it do this too. */
    void grantAlso(String apiGroup, String resource) {
        admin.rbac()
                .clusterRoles()
                .withName(ROLE)
                .edit(role -> new ClusterRoleBuilder(role)
                        .addNewRule()
                        .withApiGroups(apiGroup)
                        .withResources(resource)
                        .withVerbs("patch")
                        .endRule()
                        .build());
    }

    static EndpointSpec spec(String name, Mode mode, String apiVersion, String kind) {
        return Channels.spec(
                new EndpointId(NAMESPACE, name), mode, new ScaleTargetRef(apiVersion, kind, name), Pausing.NONE);
    }

    @Override
    public void close() {
        prescale.close();
        admin.close();
        server.close();
    }
}

package dev.prescale.cluster;

import dev.prescale.testing.ControlPlane;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.PackagedApplication;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster in which what {@code k8s/base} grants has been granted to the user that the tests' Prescale processes are, and
 * nothing else.
 */
final class TestCluster {
    static final String NAMESPACE = "inference";
    static final String HOME = "prescale";

    /** What the tests' processes of Prescale are, in place of its service account. */
    static final Subject PROCESS = new SubjectBuilder()
            .withApiGroup("rbac.authorization.k8s.io")
            .withKind("User")
            .withName(KubernetesApiServer.PRESCALE)
            .build();

    private static final List<String> RIGHTS = List.of("k8s/base/cluster-role.yaml", "k8s/base/role.yaml");
    private static final String KIND = "PredictiveAutoscaler";

    private final KubernetesApiServer server;
    private final KubernetesClient admin;

    TestCluster(KubernetesApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
    }

    /** Custom resource, namespaces and rights, as {@code kubectl apply -k k8s/base} leaves them. */
    void install() throws IOException {
        for (String name : List.of(HOME, NAMESPACE)) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        load("k8s/base/crd.yaml").forEach(item -> admin.resource(item).create());
        for (String file : RIGHTS) {
            for (HasMetadata item : load(file)) {
                if (item instanceof ClusterRoleBinding binding) {
                    binding.setSubjects(List.of(PROCESS));
                } else if (item instanceof RoleBinding binding) {
                    binding.setSubjects(List.of(PROCESS));
                    binding.getMetadata().setNamespace(HOME);
                } else if (item instanceof Role role) {
                    role.getMetadata().setNamespace(HOME);
                }
                admin.resource(item).create();
            }
        }
    }

    /** What is granted in all namespaces, and in Prescale's own. */
    static List<PolicyRule> granted() throws IOException {
        List<PolicyRule> rules = new ArrayList<>();
        for (String file : RIGHTS) {
            for (HasMetadata item : load(file)) {
                if (item instanceof ClusterRole role) {
                    rules.addAll(role.getRules());
                } else if (item instanceof Role role) {
                    rules.addAll(role.getRules());
                }
            }
        }
        return rules;
    }

    static List<HasMetadata> load(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file));
                KubernetesClient parser = new io.fabric8.kubernetes.client.KubernetesClientBuilder().build()) {
            return parser.load(in).items();
        }
    }

    /** A process of Prescale as a replica of the Deployment. */
    PackagedApplication prescale(Path folder, String identity, Map<String, String> more) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> environment = new HashMap<>(Map.of(
                "KUBECONFIG",
                server.kubeconfig(KubernetesApiServer.PRESCALE).toString(),
                "PRESCALE_KUBERNETES",
                "on",
                "PRESCALE_KUBERNETES_ELECTION",
                "on",
                "PRESCALE_KUBERNETES_NAMESPACE",
                HOME,
                "PRESCALE_KUBERNETES_IDENTITY",
                identity,
                "PRESCALE_DATA",
                folder.resolve("data").toString()));
        environment.putAll(more);
        return PackagedApplication.start(folder, environment, "serve");
    }

    /** A Deployment whose pods take so long to be ready. */
    Deployment deploy(String name, int replicas, Duration startTime) {
        Map<String, String> labels = Map.of("app", name);
        return admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .withAnnotations(ControlPlane.startingIn(startTime))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("server")
                        .withImage("server:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    void apply(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                .forEach(item -> admin.resource(item).create());
    }

    Resource<GenericKubernetesResource> autoscaler(String name) {
        return autoscalers().inNamespace(NAMESPACE).withName(name);
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            autoscalers() {
        return admin.genericKubernetesResources("prescale.dev/v1alpha1", KIND);
    }

    int replicasOf(String deployment) {
        return admin.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(deployment)
                .get()
                .getSpec()
                .getReplicas();
    }
}

package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Optional;

/** What is known of who else scales, from watches: nobody asks the API server for it. */
public interface ClusterView {
    /** Why it is not known who else scales in this namespace, empty where it is: whoever finds nobody must not conclude that there is nobody. */
    default Optional<String> blindness(String namespace) {
        return Optional.empty();
    }

    /** All HPAs of the namespaces that are seen, with all their fields; shared, not to be changed. */
    List<HorizontalPodAutoscaler> autoscalers();

    /** The HPAs that scale this workload; more than one is a mistake of their owner. */
    List<HorizontalPodAutoscaler> autoscalersOf(String namespace, ScaleTargetRef target);

    /** Names of the KEDA ScaledObjects that scale this workload; empty also where KEDA is not installed. */
    List<String> scaledObjectsOf(String namespace, ScaleTargetRef target);

    /** What a KEDA ScaledObject scales; empty where there is none of that name, or it is not seen. */
    Optional<ScaleTargetRef> targetOfScaledObject(String namespace, String name);
}

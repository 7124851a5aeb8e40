package dev.prescale.adapter.kubernetes;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;

/** What is known of who else scales, from watches: nobody asks the API server for it. */
public interface ClusterView {
    /** All HPAs of the namespaces that are seen. */
    List<HorizontalPodAutoscaler> autoscalers();

    /** The HPAs that scale this workload; more than one is a mistake of their owner. */
    List<HorizontalPodAutoscaler> autoscalersOf(String namespace, ScaleTargetRef target);

    /** Names of the KEDA ScaledObjects that scale this workload; empty also where KEDA is not installed. */
    List<String> scaledObjectsOf(String namespace, ScaleTargetRef target);
}

// Asks a recommender for replicas as the WatermarkPodAutoscaler controller of Datadog does: with the messages of agent-payload in the
// JSON of protobuf, read strictly. Prints what the controller would work with, or ends with 1 and the error that it would log.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	autoscaling "github.com/DataDog/agent-payload/v5/autoscaling/kubernetes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
)

var (
	address    = flag.String("url", "", "spec.recommender.url")
	namespace  = flag.String("namespace", "default", "of the WatermarkPodAutoscaler")
	kind       = flag.String("kind", "Deployment", "spec.scaleTargetRef.kind")
	name       = flag.String("name", "", "spec.scaleTargetRef.name")
	apiVersion = flag.String("api-version", "", "spec.scaleTargetRef.apiVersion")
	least      = flag.Int("min", 0, "spec.minReplicas")
	most       = flag.Int("max", 0, "spec.maxReplicas")
	current    = flag.Int("current", 3, "replicas there are")
	targetType = flag.String("target-type", "", "spec.recommender.targetType")
	endpoint   = flag.String("endpoint", "", "spec.recommender.settings.endpoint")
	ca         = flag.String("ca", "", "file of the certificate authority")
	cert       = flag.String("cert", "", "file of the client certificate")
	key        = flag.String("key", "", "file of its key")
)

// What the controller takes over from a reply.
type taken struct {
	Replicas, LowerBound, UpperBound int32
	Timestamp, Reason                string
	Observed                         float64
}

func main() {
	flag.Parse()
	told, err := ask()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(told)
}

func ask() (*taken, error) {
	message, err := protojson.Marshal(request())
	if err != nil {
		return nil, err
	}
	client, err := httpClient()
	if err != nil {
		return nil, err
	}
	response, err := client.Post(*address, "application/json", bytes.NewReader(message))
	if err != nil {
		return nil, fmt.Errorf("not sent: %w", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("not read: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d: %.100s", response.StatusCode, body)
	}
	reply := &autoscaling.WorkloadRecommendationReply{}
	if err := protojson.Unmarshal(body, reply); err != nil {
		return nil, fmt.Errorf("not understood: %w", err)
	}
	if failure := reply.GetError(); failure != nil {
		return nil, fmt.Errorf("error %d: %s", failure.GetCode(), failure.GetMessage())
	}
	told := &taken{
		Replicas:   reply.GetTargetReplicas(),
		LowerBound: reply.GetLowerBoundReplicas(),
		UpperBound: reply.GetUpperBoundReplicas(),
		Timestamp:  reply.GetTimestamp().AsTime().Format(time.RFC3339Nano),
		Reason:     reply.GetReason(),
	}
	if observed := reply.GetObservedTargets(); len(observed) == 1 {
		told.Observed = observed[0].GetTargetValue()
	}
	return told, nil
}

func request() *autoscaling.WorkloadRecommendationRequest {
	replicas := int32(*current)
	request := &autoscaling.WorkloadRecommendationRequest{
		TargetRef: &autoscaling.WorkloadTargetRef{
			Namespace:  *namespace,
			Kind:       *kind,
			Name:       *name,
			ApiVersion: *apiVersion,
		},
		Constraints: &autoscaling.WorkloadRecommendationConstraints{
			MinReplicas: int32(*least),
			MaxReplicas: int32(*most),
		},
		State: &autoscaling.WorkloadState{
			DesiredReplicas: replicas,
			CurrentReplicas: &replicas,
			ReadyReplicas:   &replicas,
		},
		Targets: []*autoscaling.WorkloadRecommendationTarget{{Type: *targetType, LowerBound: 0.2, UpperBound: 0.8}},
	}
	if *endpoint != "" {
		request.Settings = map[string]*structpb.Value{"endpoint": structpb.NewStringValue(*endpoint)}
	}
	return request
}

func httpClient() (*http.Client, error) {
	settings := &tls.Config{MinVersion: tls.VersionTLS12}
	if *ca != "" {
		pem, err := os.ReadFile(*ca)
		if err != nil {
			return nil, err
		}
		settings.RootCAs = x509.NewCertPool()
		settings.RootCAs.AppendCertsFromPEM(pem)
	}
	if *cert != "" {
		pair, err := tls.LoadX509KeyPair(*cert, *key)
		if err != nil {
			return nil, err
		}
		settings.Certificates = []tls.Certificate{pair}
	}
	transport := &http.Transport{TLSClientConfig: settings}
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}, nil
}

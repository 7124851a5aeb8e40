package dev.prescale.adapter.externalmetrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.externalmetrics.ClientTrust.Headers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The file that an operator names, or the ConfigMap in which API servers say it themselves. */
final class TrustSources {
    private static final String NAMESPACE = "kube-system";
    private static final String CONFIG_MAP = "extension-apiserver-authentication";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private TrustSources() {}

    /** Issuers of front proxies in a PEM file: any of their certificates, the usual headers, and no users of their own. */
    static TrustSource ofFile(Path file) {
        return () -> {
            try {
                return new ClientTrust(certificates(Files.readString(file)), Set.of(), Headers.USUAL, Set.of());
            } catch (IOException | IllegalArgumentException fault) {
                throw new TrustSource.Unreadable("the file %s has no certificates that can be read".formatted(file));
            }
        };
    }

    /** @param sentence what a fault of the API server means, for people */
    static TrustSource ofCluster(KubernetesClient client, Function<KubernetesClientException, String> sentence) {
        return () -> {
            try {
                ConfigMap found = client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(CONFIG_MAP)
                        .get();
                if (found == null || found.getData() == null) {
                    throw new TrustSource.Unreadable("there is no ConfigMap %s/%s".formatted(NAMESPACE, CONFIG_MAP));
                }
                return ofData(found.getData());
            } catch (KubernetesClientException fault) {
                throw new TrustSource.Unreadable(sentence.apply(fault));
            } catch (IllegalArgumentException malformed) {
                throw new TrustSource.Unreadable("the ConfigMap %s/%s cannot be read: %s"
                        .formatted(NAMESPACE, CONFIG_MAP, malformed.getMessage()));
            }
        };
    }

    /**
     * What API servers write there.
     *
     * @throws IllegalArgumentException where it is not what they write
     */
    static ClientTrust ofData(Map<String, String> data) {
        Headers headers = new Headers(
                texts(data, "requestheader-username-headers", Headers.USUAL.user()),
                texts(data, "requestheader-uid-headers", List.of()),
                texts(data, "requestheader-group-headers", Headers.USUAL.group()),
                texts(data, "requestheader-extra-headers-prefix", Headers.USUAL.extraPrefixes()));
        return new ClientTrust(
                certificates(data.getOrDefault("requestheader-client-ca-file", "")),
                Set.copyOf(texts(data, "requestheader-allowed-names", List.of())),
                headers,
                certificates(data.getOrDefault("client-ca-file", "")));
    }

    private static List<String> texts(Map<String, String> data, String key, List<String> fallback) {
        String text = data.get(key);
        if (text == null || text.isBlank()) {
            return fallback;
        }
        try {
            return JSON.readValue(text, TEXTS);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(key + " is no list of texts");
        }
    }

    /** Of a text with any number of PEM blocks. */
    private static Set<X509Certificate> certificates(String pem) {
        if (pem.isBlank()) {
            return Set.of();
        }
        try {
            Set<X509Certificate> certificates = new HashSet<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            return certificates;
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("a certificate is malformed");
        }
    }
}

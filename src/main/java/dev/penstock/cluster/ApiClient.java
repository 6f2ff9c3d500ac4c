package dev.penstock.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.certificate.Pair;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.NamedExtension;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Preferences;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.OpenIDConnectionUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients that ask an API server. They know {@code Status}, and everything else as a generic resource: of the
 * model's two thousand classes, the native executable holds those below, which the client itself reads and writes. With
 * quarkus-kubernetes-client it would hold all of them.
 */
@RegisterForReflection(
        targets = {
            // What an API server answers
            DefaultKubernetesResourceList.class,
            FieldsV1.class,
            GenericKubernetesResource.class,
            GenericKubernetesResourceList.class,
            KubernetesDeserializer.class,
            ListMeta.class,
            ManagedFieldsEntry.class,
            ObjectMeta.class,
            OwnerReference.class,
            Status.class,
            StatusCause.class,
            StatusDetails.class,
            WatchEvent.class,
            // What is asked of it, turned into a query: without it, a watch is a list
            ListOptions.class,
            // A kubeconfig, and the plugins and OpenID providers that it may name
            AuthInfo.class,
            AuthProviderConfig.class,
            Cluster.class,
            Config.ExecCredential.class,
            Config.ExecCredentialSpec.class,
            Config.ExecCredentialStatus.class,
            Context.class,
            ExecConfig.class,
            ExecEnvVar.class,
            NamedAuthInfo.class,
            NamedCluster.class,
            NamedContext.class,
            NamedExtension.class,
            OpenIDConnectionUtils.OAuthToken.class,
            OpenIDConnectionUtils.OpenIdConfiguration.class,
            Preferences.class,
            io.fabric8.kubernetes.api.model.Config.class
        })
public final class ApiClient {
    // What an API server has stored is bounded by it. One odd object is not to keep all others of its list unread.
    private static final JsonFactory UNBOUNDED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ApiClient() {}

    /**
     * Speaks HTTP by this factory; the caller's to close.
     *
     * @throws ClusterException if the client certificate that is to be shown, or its key, cannot be used
     */
    public static KubernetesClient of(Config config, HttpClient.Factory http) {
        try {
            readKey(config);
            return client(config, http);
        } catch (IOException | GeneralSecurityException | KubernetesClientException e) {
            throw new ClusterException("cannot ask the cluster at " + config.getMasterUrl(), e);
        }
    }

    /** The client would take each key of PKCS#8 for one of RSA, and what stands before a key for a part of it. */
    private static void readKey(Config config) throws IOException, GeneralSecurityException {
        byte[] certificate = bytes(config.getClientCertData(), config.getClientCertFile());
        byte[] key = bytes(config.getClientKeyData(), config.getClientKeyFile());
        if (certificate.length > 0 && key.length > 0) {
            Pair pair = Pair.read(certificate, key);
            config.setClientKeyAlgo(pair.key().getAlgorithm());
            config.setClientKeyData(
                    Base64.getEncoder().encodeToString(pair.keyPem().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static byte[] bytes(@Nullable String data, @Nullable String file) throws IOException {
        if (Utils.isNullOrEmpty(data) && Utils.isNullOrEmpty(file)) {
            return new byte[0];
        }
        try (InputStream in = CertUtils.getInputStreamFromDataOrFile(data, file)) {
            return in.readAllBytes();
        }
    }

    private static KubernetesClient client(Config config, HttpClient.Factory http) {
        KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(UNBOUNDED), false);
        // A watch ends in one.
        serialization.registerKubernetesResource(Status.class);
        config.setWatchReconnectLimit(Watched.ATTEMPTS);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http)
                .withKubernetesSerialization(serialization)
                .build();
    }

    /** The builder makes it by its name. */
    @SuppressWarnings("UnusedNestedClass") // Quarkus uses it
    @RegisterForReflection(targets = KubernetesClientImpl.class, methods = false, fields = false)
    private static final class ByName {}
}

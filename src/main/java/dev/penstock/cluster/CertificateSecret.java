package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.certificate.Holding;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The Secret that all replicas share. Its version decides which of them was first. */
final class CertificateSecret {
    private static final ResourceDefinitionContext SECRETS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Secret")
            .withPlural("secrets")
            .withNamespaced(true)
            .build();
    // As other programs know it, which warn of certificates that are about to expire. One that is there may be of any
    // type.
    private static final String TYPE = "kubernetes.io/tls";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    /** What was found; the version is empty where there is no Secret. */
    record Found(String version, Map<String, byte[]> data) {}

    CertificateSecret(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    Found find() {
        GenericKubernetesResource secret = resource().get();
        if (secret == null) {
            return new Found("", Map.of());
        }
        JsonNode json = client.getKubernetesSerialization().convertValue(secret, JsonNode.class);
        Map<String, byte[]> data = new TreeMap<>();
        json.path("data")
                .properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        Base64.getDecoder().decode(entry.getValue().asText())));
        return new Found(json.at("/metadata/resourceVersion").asText(), data);
    }

    /**
     * Puts a holding in the place of what was found.
     *
     * @return false if another was there first; then nothing is written
     */
    boolean write(Found found, Holding holding) throws GeneralSecurityException {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        Holding.KEYS.forEach(data::putNull);
        holding.data().forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        try {
            if (found.version.isEmpty()) {
                create(data);
            } else {
                update(found.version, data);
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void create(ObjectNode data) {
        data.properties().removeIf(entry -> entry.getValue().isNull());
        GenericKubernetesResource secret = new GenericKubernetesResource();
        secret.setApiVersion("v1");
        secret.setKind("Secret");
        ObjectMeta metadata = new ObjectMeta();
        metadata.setNamespace(namespace);
        metadata.setName(name);
        secret.setMetadata(metadata);
        secret.setAdditionalProperty("type", TYPE);
        secret.setAdditionalProperty("data", data);
        client.genericKubernetesResources(SECRETS)
                .inNamespace(namespace)
                .resource(secret)
                .create();
    }

    private void update(String version, ObjectNode data) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        // Refused as a conflict where it is no longer this version.
        patch.putObject("metadata").put("resourceVersion", version);
        patch.set("data", data);
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(SECRETS).inNamespace(namespace).withName(name);
    }

    @Override
    public String toString() {
        return "Secret " + namespace + "/" + name;
    }
}

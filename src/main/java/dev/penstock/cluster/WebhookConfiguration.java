package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.certificate.Bundle;
import dev.penstock.certificate.Pair;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One of the configurations that send reviews here, as it was when it was read.
 *
 * @param bundles whom the API server trusts, as PEM, for each webhook of it
 */
record WebhookConfiguration(Id id, String version, List<byte[]> bundles) {
    private static final ResourceDefinitionContext MUTATING = kind("Mutating");
    private static final ResourceDefinitionContext VALIDATING = kind("Validating");

    /** Those of {@code deploy/}. Not every cluster has all of them. */
    private static final List<Id> OURS = List.of(
            new Id(MUTATING, "penstock.dev"),
            new Id(VALIDATING, "penstock.dev"),
            new Id(VALIDATING, "policies.penstock.dev"),
            new Id(VALIDATING, "require-label.penstock.dev"));

    /** Which one. */
    record Id(ResourceDefinitionContext kind, String name) {
        Resource<GenericKubernetesResource> in(KubernetesClient client) {
            return client.genericKubernetesResources(kind).withName(name);
        }

        @Override
        public String toString() {
            return kind.getKind() + " " + name;
        }
    }

    private static ResourceDefinitionContext kind(String prefix) {
        String kind = prefix + "WebhookConfiguration";
        return new ResourceDefinitionContext.Builder()
                .withGroup("admissionregistration.k8s.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(false)
                .build();
    }

    /** Those that the cluster has. */
    static List<WebhookConfiguration> all(KubernetesClient client) {
        List<WebhookConfiguration> all = new ArrayList<>();
        for (Id id : OURS) {
            find(client, id).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<WebhookConfiguration> find(KubernetesClient client, Id id) {
        return Optional.ofNullable(id.in(client).get()).map(found -> of(client, id, found));
    }

    private static WebhookConfiguration of(KubernetesClient client, Id id, GenericKubernetesResource found) {
        JsonNode json = client.getKubernetesSerialization().convertValue(found, JsonNode.class);
        return new WebhookConfiguration(
                id,
                json.at("/metadata/resourceVersion").asText(),
                StreamSupport.stream(json.path("webhooks").spliterator(), false)
                        .map(webhook -> bytes(webhook.at("/clientConfig/caBundle")))
                        .toList());
    }

    private static byte[] bytes(JsonNode base64) {
        try {
            return base64.isTextual() ? base64.binaryValue() : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the API server takes base64 alone
        }
    }

    /** Whether the API server would accept this certificate wherever this configuration sends it. */
    boolean trusts(Pair pair, Instant now) {
        return bundles.stream().allMatch(pem -> Bundle.read(pem).trusts(pair, now));
    }

    /** Whom it trusts anywhere. */
    Bundle bundle() {
        return bundles.stream().map(Bundle::read).reduce(Bundle.NONE, Bundle::and);
    }

    /**
     * Makes the API server trust these, and no others.
     *
     * @return the configuration as it is then, whether by this or by somebody else who changed it meanwhile; as it was, where
     *     it is gone
     */
    WebhookConfiguration trusting(Bundle authorities, KubernetesClient client) throws GeneralSecurityException {
        byte[] wanted = authorities.pem();
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        // Refused as a conflict where it is no longer this version: what was read is what is changed.
        operation(patch, "replace", "/metadata/resourceVersion").put("value", version);
        for (int i = 0; i < bundles.size(); i++) {
            if (!Arrays.equals(bundles.get(i), wanted)) {
                operation(patch, "add", "/webhooks/" + i + "/clientConfig/caBundle")
                        .put("value", wanted);
            }
        }
        if (patch.size() == 1) {
            return this;
        }
        try {
            return of(client, id, id.in(client).patch(PatchContext.of(PatchType.JSON), patch.toString()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                // Another replica's work, as a rule: whoever goes by what was before is not ready until the next look.
                return find(client, id).orElse(this);
            }
            throw e;
        }
    }

    private static ObjectNode operation(ArrayNode patch, String operation, String path) {
        return patch.addObject().put("op", operation).put("path", path);
    }
}

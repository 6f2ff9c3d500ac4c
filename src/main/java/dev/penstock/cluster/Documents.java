package dev.penstock.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PipelineDefaults;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.policy.PolicyProblem;
import dev.penstock.rules.Rules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our custom resources as the API server has them: raw, so that what is misspelt is still there. */
final class Documents {
    private static final ResourceDefinitionContext POLICIES = resource(PipelinePolicy.KIND, "pipelinepolicies", false);
    private static final ResourceDefinitionContext DEFAULTS = resource(PipelineDefaults.KIND, "pipelinedefaults", true);

    // Each may have more than a megabyte, and takes many times that as a tree.
    private static final long PAGE = 10;

    private Documents() {}

    private static ResourceDefinitionContext resource(String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(DocumentId.GROUP)
                .withVersion(DocumentId.VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    /** Informers of both kinds in all namespaces; the caller's to start and to stop. */
    static List<Watched> informers(KubernetesClient client) {
        return List.of(informer(client, POLICIES), informer(client, DEFAULTS));
    }

    private static Watched informer(KubernetesClient client, ResourceDefinitionContext resource) {
        Watched informer = Watched.of(
                resource.getPlural() + "." + DocumentId.GROUP,
                client.genericKubernetesResources(resource).inAnyNamespace().withLimit(PAGE));
        informer.itemStore(new Names());
        return informer;
    }

    /** What the documents are called: what they say, others keep as they need it. */
    private static final class Names extends BasicItemStore<GenericKubernetesResource> {
        Names() {
            super(Cache::metaNamespaceKeyFunc);
        }

        @Override
        public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource document) {
            GenericKubernetesResource named = new GenericKubernetesResource();
            named.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(document.getMetadata().getNamespace())
                    .withName(document.getMetadata().getName())
                    .withResourceVersion(document.getMetadata().getResourceVersion())
                    .build());
            return super.put(key, named);
        }

        @Override
        public boolean isFullState() {
            return false;
        }
    }

    /** All of both kinds, as the cluster has them now; none of a kind that it does not know. */
    static List<GenericKubernetesResource> all(KubernetesClient client) {
        return Stream.of(POLICIES, DEFAULTS)
                .flatMap(resource -> all(client, resource).stream())
                .toList();
    }

    private static List<GenericKubernetesResource> all(KubernetesClient client, ResourceDefinitionContext resource) {
        try {
            return client.genericKubernetesResources(resource)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Of one that the cluster has, be it known by its name alone. */
    static DocumentId id(GenericKubernetesResource document) {
        String namespace = document.getMetadata().getNamespace();
        return new DocumentId(
                namespace == null ? PipelinePolicy.KIND : PipelineDefaults.KIND,
                namespace == null ? "" : namespace,
                document.getMetadata().getName());
    }

    /** @throws InvalidPolicyException if it is none that can be in force */
    static PolicyDocument read(KubernetesClient client, GenericKubernetesResource document)
            throws InvalidPolicyException {
        try {
            return PolicyDocument.read(
                    client.getKubernetesSerialization().convertValue(document, JsonNode.class), Rules::problems);
        } catch (IllegalArgumentException | StackOverflowError | OutOfMemoryError e) {
            throw new InvalidPolicyException(
                    List.of(new PolicyProblem("spec", "is nested too deep, or too large, to be read")));
        }
    }

    static Resource<GenericKubernetesResource> resource(KubernetesClient client, DocumentId id) {
        return id.namespace().isEmpty()
                ? client.genericKubernetesResources(POLICIES).withName(id.name())
                : client.genericKubernetesResources(DEFAULTS)
                        .inNamespace(id.namespace())
                        .withName(id.name());
    }
}

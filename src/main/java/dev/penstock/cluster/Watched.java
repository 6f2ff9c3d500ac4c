package dev.penstock.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager;
import io.fabric8.kubernetes.client.dsl.internal.BaseOperation;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.fabric8.kubernetes.client.informers.impl.DefaultSharedIndexInformer;
import io.fabric8.kubernetes.client.informers.impl.ListerWatcher;
import io.fabric8.kubernetes.client.utils.Utils;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The objects of a resource, followed whatever happens. The client's own informer takes a watch whose connection is dead for
 * one where nothing happens, up to ten minutes, and tries in silence for ever to take up one that it may not. Here a watch
 * is taken up anew each {@value #RENEWAL_SECONDS} s, from where the API server has said two seconds before that it is; and where
 * that fails {@value #ATTEMPTS} times, all is listed anew, which tells why it cannot be.
 */
final class Watched extends DefaultSharedIndexInformer<GenericKubernetesResource, GenericKubernetesResourceList> {
    /** How often a client tries to take up a watch: for some seven seconds, or a minute where nobody answers, since each try is repeated. */
    static final int ATTEMPTS = 3;

    // A dead connection does not answer that it closes, for which the client waits ten seconds: a minute in all.
    private static final long RENEWAL_SECONDS = 45;

    private final WatchFailures failures;

    private Watched(Resources resources) {
        super(
                GenericKubernetesResource.class,
                resources,
                0,
                resources.operation().getOperationContext().getExecutor());
        this.failures = resources.failures();
        exceptionHandler(failures);
        removeNamespaceIndex();
    }

    /**
     * The caller's to start and to stop.
     *
     * @param resource as the log calls it, such as {@code namespaces}
     */
    static Watched of(String resource, Informable<GenericKubernetesResource> resources) {
        return of(resources, new WatchFailures(resource));
    }

    /** The same, with what is to be said where it fails. */
    @SuppressWarnings("unchecked") // each of these is one
    static Watched of(Informable<GenericKubernetesResource> resources, WatchFailures failures) {
        return new Watched(new Resources(
                (BaseOperation<GenericKubernetesResource, GenericKubernetesResourceList, ?>) resources, failures));
    }

    /** This one, which hands out each object and keeps its name alone. */
    Watched keepingNames(KubernetesClient client) {
        itemStore(new ReducedStateItemStore<>(
                ReducedStateItemStore.NAME_KEY_STATE,
                GenericKubernetesResource.class,
                client.getKubernetesSerialization()));
        return this;
    }

    @Override
    public synchronized void stop() {
        failures.stop();
        super.stop();
    }

    /** Whether what changes is heard of. */
    boolean isFollowed() {
        return failures.isWell();
    }

    private record Resources(
            BaseOperation<GenericKubernetesResource, GenericKubernetesResourceList, ?> operation,
            WatchFailures failures)
            implements ListerWatcher<GenericKubernetesResource, GenericKubernetesResourceList> {
        @Override
        public CompletableFuture<AbstractWatchManager<GenericKubernetesResource>> submitWatch(
                ListOptions options, Watcher<GenericKubernetesResource> watcher) {
            options.setTimeoutSeconds(RENEWAL_SECONDS); // or it would tell only after a minute
            Limited limited = new Limited(watcher, new CompletableFuture<>());
            return operation.submitWatch(options, limited).thenApply(watch -> {
                failures.over();
                Utils.scheduleWithVariableRate(
                        limited.end(),
                        operation.getOperationContext().getExecutor(),
                        watch::closeRequest,
                        RENEWAL_SECONDS,
                        () -> RENEWAL_SECONDS,
                        TimeUnit.SECONDS);
                return watch;
            });
        }

        @Override
        public CompletableFuture<GenericKubernetesResourceList> submitList(ListOptions options) {
            return operation.submitList(options);
        }

        @Override
        public Long getLimit() {
            return operation.getLimit();
        }

        @Override
        public int getWatchReconnectInterval() {
            return operation.getWatchReconnectInterval();
        }

        @Override
        public String getApiEndpointPath() {
            return operation.getApiEndpointPath();
        }

        @Override
        public Config getConfig() {
            return operation.getConfig();
        }
    }

    /** Does not ask to be taken up for ever, as an informer's does. */
    private record Limited(Watcher<GenericKubernetesResource> watcher, CompletableFuture<?> end)
            implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            watcher.eventReceived(action, resource);
        }

        @Override
        public void onClose(WatcherException cause) {
            end.cancel(false);
            watcher.onClose(cause);
        }

        @Override
        public void onClose() {
            end.cancel(false);
            watcher.onClose();
        }
    }
}

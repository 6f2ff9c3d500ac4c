package dev.penstock.cluster;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which cluster is meant: that of the current context in the files that {@code KUBECONFIG} names, else the one around. */
public final class Kubeconfig {
    private final List<File> files = Config.getKubeconfigFilenames().stream()
            .map(File::new)
            .filter(File::isFile)
            .toList();

    private Kubeconfig() {}

    /**
     * How to ask it. The client alone would ask {@code kubernetes.default.svc} where the files say of none.
     *
     * @throws ClusterException if they cannot be read, or say of no cluster, and this runs in none
     */
    public static Config current() {
        Kubeconfig kubeconfig = new Kubeconfig();
        List<io.fabric8.kubernetes.api.model.Config> parsed =
                kubeconfig.files.stream().map(Kubeconfig::parsed).toList();
        Config config = Config.autoConfigure(null);
        Optional<URI> proxy = Optional.empty();
        if (config.getCurrentContext() != null) {
            kubeconfig.check(config, config.getCurrentContext(), parsed);
            proxy = kubeconfig.proxy(config.getCurrentContext().getContext().getCluster(), parsed);
        } else if (isUnknown(config) && config.getAutoOAuthToken() == null) {
            throw new ClusterException(
                    kubeconfig.files.isEmpty()
                            ? "there is no kubeconfig at " + String.join(", ", Config.getKubeconfigFilenames())
                            : kubeconfig.withoutContext(parsed));
        }
        ask(config, proxy.or(() -> ClientProxy.of(config.getMasterUrl(), System.getenv())));
        return config;
    }

    /** Through this proxy, or none; the client has its own mind on what the environment says. */
    private static void ask(Config config, Optional<URI> proxy) {
        String url = proxy.map(URI::toString).orElse(null);
        config.setHttpProxy(url);
        config.setHttpsProxy(url);
        config.setProxyUsername(null); // it may be part of the URL
        config.setNoProxy(null);
    }

    private static boolean isUnknown(Config config) {
        return config.getMasterUrl().equals(Config.DEFAULT_MASTER_URL + "/");
    }

    private static io.fabric8.kubernetes.api.model.Config parsed(File file) {
        if (!file.canRead()) {
            throw new ClusterException("the kubeconfig " + file + " cannot be read: permission denied");
        }
        try {
            return Objects.requireNonNullElseGet(
                    KubeConfigUtils.parseConfig(file), io.fabric8.kubernetes.api.model.Config::new);
        } catch (RuntimeException e) { // of the client, of its parser or of Jackson
            throw new ClusterException("the kubeconfig " + file + " is not YAML, or no kubeconfig");
        }
    }

    /** What it says itself, even for a server on this machine. */
    private Optional<URI> proxy(String name, List<io.fabric8.kubernetes.api.model.Config> parsed) {
        Optional<Cluster> cluster = parsed.stream()
                .map(io.fabric8.kubernetes.api.model.Config::getClusters)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(named -> Objects.equals(named.getName(), name))
                .findFirst()
                .map(NamedCluster::getCluster);
        if (cluster.map(Cluster::getTlsServerName)
                .filter(text -> !text.isEmpty())
                .isPresent()) {
            throw new ClusterException(
                    this + ": the cluster " + name + " has a tls-server-name, which cannot be gone by");
        }
        return cluster.map(Cluster::getProxyUrl)
                .filter(url -> !url.isEmpty())
                .map(url -> ClientProxy.read(this + ": proxy-url of the cluster " + name, url));
    }

    private String withoutContext(List<io.fabric8.kubernetes.api.model.Config> parsed) {
        return parsed.stream()
                .map(io.fabric8.kubernetes.api.model.Config::getCurrentContext)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .map(name -> this + " has no context " + name)
                .orElse(this + " names no current context");
    }

    private void check(Config config, NamedContext context, List<io.fabric8.kubernetes.api.model.Config> parsed) {
        if (config.getFileWithCluster() == null && isUnknown(config)) {
            throw new ClusterException(this + " has no cluster "
                    + context.getContext().getCluster() + ", which the context " + context.getName() + " names");
        }
        if (config.getAutoOAuthToken() == null
                && config.getClientCertData() == null
                && config.getClientCertFile() == null) {
            parsed.stream()
                    .map(io.fabric8.kubernetes.api.model.Config::getUsers)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .filter(user ->
                            Objects.equals(user.getName(), context.getContext().getUser()))
                    .limit(1)
                    .filter(user -> user.getUser() != null && user.getUser().getExec() != null)
                    .forEach(user -> {
                        throw new ClusterException(this + ": the user " + user.getName() + " is shown by "
                                + user.getUser().getExec().getCommand() + ", which gives no token and no certificate");
                    });
        }
    }

    @Override
    public String toString() {
        return "the kubeconfig " + files.stream().map(File::toString).collect(Collectors.joining(", "));
    }
}

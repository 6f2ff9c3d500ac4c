package dev.penstock.controlplane;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;

/** The control planes of one test run: started when the first test asks, stopped after the last. */
public final class ControlPlanes implements ArgumentsProvider {
    private static final boolean IN_CI = "true".equals(System.getenv("CI"));

    /** One that a test starts for itself, and may take down. */
    public static ControlPlane ofItsOwn() {
        return started(ControlPlane.start(ControlPlane.installedFirst().get(0), System.out::println));
    }

    /** The same with a record of {@link ControlPlane#requests}. */
    public static ControlPlane audited() {
        return started(ControlPlane.startAudited(ControlPlane.installedFirst().get(0), System.out::println));
    }

    /** The same whose past is soon forgotten: a watch that begins where it ended some seconds ago is refused. */
    public static ControlPlane forgetful() {
        return started(ControlPlane.startForgetful(ControlPlane.installedFirst().get(0), System.out::println));
    }

    private static ControlPlane started(ControlPlane.Start start) {
        if (start instanceof ControlPlane.Started started) {
            return started.controlPlane();
        }
        throw unavailable(((ControlPlane.Unavailable) start).reason());
    }

    /** Passes a test over, and says so; in CI it fails. */
    static RuntimeException unavailable(String reason) {
        System.out.println("!!!!! A TEST DID NOT RUN: " + reason + " !!!!!");
        return IN_CI ? new IllegalStateException(reason) : new TestAbortedException(reason);
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Shared.of(context).all().stream().map(Arguments::of);
    }

    /** Those that can also turn CronJobs into Jobs. */
    public static final class WithControllers implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Shared.of(context).withControllers().stream().map(Arguments::of);
        }
    }

    /** Those to which Helm can bring manifests. */
    public static final class WithHelm implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Shared.of(context).withHelm().stream().map(Arguments::of);
        }
    }

    /** All, where there is a {@link Balancer} to put in front of the webhook. */
    public static final class WithBalancer implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Shared.of(context).withBalancer().stream().map(Arguments::of);
        }
    }

    private static final class Shared implements AutoCloseable {
        private final List<ControlPlane> running = new ArrayList<>();
        private final Set<String> missing = new LinkedHashSet<>();

        private Shared() {
            List<CompletableFuture<ControlPlane.Start>> starts = ControlPlane.wanted().stream()
                    .map(minor -> CompletableFuture.supplyAsync(() -> ControlPlane.start(minor, System.out::println)))
                    .toList();
            for (CompletableFuture<ControlPlane.Start> start : starts) {
                if (start.join() instanceof ControlPlane.Started started) {
                    running.add(started.controlPlane());
                } else if (start.join() instanceof ControlPlane.Unavailable unavailable) {
                    missing.add(unavailable.reason());
                }
            }
        }

        static Shared of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(ControlPlanes.class))
                    .computeIfAbsent(Shared.class, type -> new Shared(), Shared.class);
        }

        List<ControlPlane> all() {
            return need(running);
        }

        List<ControlPlane> withControllers() {
            return with(
                    ControlPlane::hasControllerManager,
                    "no kube-controller-manager beside kube-apiserver in " + Binaries.home());
        }

        List<ControlPlane> withHelm() {
            return with(controlPlane -> controlPlane.helm().isPresent(), "no Helm 4 in " + Binaries.home() + "/bin");
        }

        List<ControlPlane> withBalancer() {
            return with(controlPlane -> Balancer.isInstalled(), "no haproxy on the PATH");
        }

        private List<ControlPlane> with(Predicate<ControlPlane> program, String otherwise) {
            List<ControlPlane> found = running.stream().filter(program).toList();
            if (found.isEmpty() && !running.isEmpty()) {
                missing.add(otherwise);
            }
            return need(found);
        }

        private List<ControlPlane> need(List<ControlPlane> found) {
            if (found.isEmpty() || (!missing.isEmpty() && IN_CI)) {
                throw unavailable(String.join("; ", missing));
            }
            return found;
        }

        @Override
        public void close() {
            running.forEach(ControlPlane::close);
            if (!missing.isEmpty()) {
                System.out.println(
                        "!!!!! TESTS AGAINST REAL API SERVERS DID NOT RUN: " + String.join("; ", missing) + " !!!!!");
            }
        }
    }
}

package dev.penstock.bench;

import dev.penstock.admission.AdmissionBenchmark;
import dev.penstock.controlplane.ServerCertificate;
import dev.penstock.policy.InvalidPolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What benchmarks are run with. The working directory is the project's.
 *
 * @param quick whether rounds are few and short, to see that all works: its figures mean little
 * @param java runs the program where it is not native
 * @param programs in the ways to run it, at least on the JVM
 * @param echo the same with the route {@code /echo}
 * @param folder for files of the time being
 */
record Setting(
        boolean quick,
        Java java,
        List<Program> programs,
        List<Program> echo,
        Path folder,
        ServerCertificate certificate) {
    /** Where what is measured on one core runs. */
    static final int MEASURED_CORE = 0;

    private static final int LOAD_CORE = 1;

    int rounds(int whole) {
        return quick ? Math.min(whole, 3) : whole;
    }

    Duration seconds(int whole) {
        return Duration.ofMillis(quick ? whole * 200L : whole * 1000L);
    }

    /** Both cores in use: the load on one, what is measured on the other. */
    void needTwoCores() throws Unmeasured {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new Unmeasured("needs two cores: one for the load, one for what it measures");
        }
    }

    /** A load on a core of its own. */
    Load pinnedLoad() throws Unmeasured {
        return new Load(tool(), folder, List.of("taskset", "-c", String.valueOf(LOAD_CORE)));
    }

    /** A load on whatever core is free. */
    Load load() throws Unmeasured {
        return new Load(tool(), folder, List.of());
    }

    /** {@code bench/load}, built where it has to be. */
    Path tool() throws Unmeasured {
        Path tool = folder.resolve("load");
        if (!Files.exists(tool)) {
            build(tool);
        }
        return tool;
    }

    private void build(Path tool) throws Unmeasured {
        Path go = Files.exists(Path.of("/usr/local/go/bin/go")) ? Path.of("/usr/local/go/bin/go") : Path.of("go");
        try {
            Child.start(folder, List.of(go.toString(), "build", "-C", "bench/load", "-o", tool.toString(), "."), Map.of())
                    .output();
        } catch (UncheckedIOException e) {
            throw new Unmeasured("needs Go 1.22 or newer, which builds bench/load");
        }
    }

    Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A review as JSON in a file. */
    private Path review(String name) {
        return write(name + ".json", Reviews.named(name));
    }

    /** The typical one when its defaults are filled in, in a file. */
    private Path mutatedReview() {
        try {
            byte[] review = Reviews.named(Reviews.TYPICAL);
            return write("mutated.json", AdmissionBenchmark.of(review).mutated());
        } catch (IOException | InvalidPolicyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The typical review at {@code /mutate} of this URL, where its defaults are filled in. */
    Load.Target mutate(String url) {
        return new Load.Target(url, certificate.certificate(), review(Reviews.TYPICAL), "\"patch\":\"");
    }

    /** The same when they are filled in, at {@code /validate}. */
    Load.Target validate(String url) {
        return new Load.Target(url, certificate.certificate(), mutatedReview(), "\"allowed\":true");
    }

    /** The typical review at {@code /echo}. */
    Load.Target echo(String url) {
        return new Load.Target(url, certificate.certificate(), review(Reviews.TYPICAL), "\"AdmissionReview\"");
    }
}

package dev.penstock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.NamespaceLabels;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a review takes where there is one policy, and where there are many, of which one selects each namespace. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoliciesBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Param({"1", "1000"})
    int policies;

    /** For each policy. */
    @Param("10")
    int namespaces;

    private List<PolicyDocument> documents;
    private NamespaceLabels labels;
    private Reviewer reviewer;
    private ObjectNode object;
    private int next;

    /** The same without JMH. */
    static PoliciesBenchmark of(int policies, int namespaces) throws IOException, InvalidPolicyException {
        PoliciesBenchmark benchmark = new PoliciesBenchmark();
        benchmark.policies = policies;
        benchmark.namespaces = namespaces;
        benchmark.read();
        return benchmark;
    }

    @Setup
    public void read() throws IOException, InvalidPolicyException {
        object = (ObjectNode) JSON.readTree(Files.readString(Path.of("src/test/resources/recorded/minimal.json")))
                .at("/request/object");
        documents = new ArrayList<>();
        for (int i = 0; i < policies; i++) {
            documents.add(PipelinePolicy.read(JSON.readTree("""
                    {"apiVersion": "penstock.dev/v1alpha1", "kind": "PipelinePolicy", "metadata": {"name": "p%1$s"}, "spec": {
                      "namespaceSelector": {"matchLabels": {"team": "t%1$s"}},
                      "defaults": {"spec": {"concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {"backoffLimit": 2}}}},
                      "rules": {"imageTag": {"action": "Deny"}}}}""".formatted(i))));
        }
        Map<String, Map<String, String>> byName = new HashMap<>();
        for (int i = 0; i < policies * namespaces; i++) {
            byName.put("n" + i, Map.of("team", "t" + i % policies, NamespaceLabels.NAME, "n" + i));
        }
        labels = byName::get;
        reviewer = Reviewer.of(documents, labels);
        // The first review in a namespace asks every policy whether it selects it: that is once, and none of what is measured.
        for (int i = 0; i < policies * namespaces; i++) {
            review();
        }
    }

    @Benchmark
    public Verdict review() {
        next = (next + 7919) % (policies * namespaces); // a prime: every namespace in turn
        return reviewer.review(
                new Review(object.deepCopy(), null, "n" + next, new Review.Request("kubectl-create"), NOW));
    }

    /** What replacing a document costs, beside reading it. */
    @Benchmark
    public Reviewer load() throws InvalidPolicyException {
        return Reviewer.of(documents, labels);
    }
}

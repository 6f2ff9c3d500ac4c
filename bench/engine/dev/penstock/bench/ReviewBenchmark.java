package dev.penstock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

/** What the engine takes for one admission review as an API server sent it, beside parsing the same bytes alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReviewBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** A recorded review: of a minimal manifest, and of one with containers of its own, both client-side applied. */
    @Param({"minimal", "container"})
    String recording;

    private Reviewer reviewer;
    private byte[] created;
    private byte[] edited;
    private byte[] applied;

    @Setup
    public void read() throws IOException, InvalidPolicyException {
        reviewer = Reviewer.of();
        ObjectNode review = (ObjectNode)
                JSON.readTree(Files.readString(Path.of("src/test/resources/recorded", recording + ".json")));
        created = JSON.writeValueAsBytes(review);
        ObjectNode request = (ObjectNode) review.path("request");
        ObjectNode stored = request.path("object").deepCopy();
        reviewer.mutate(review(stored, null, ""));
        request.put("operation", "UPDATE").set("oldObject", stored);
        request.set("object", stored.deepCopy());
        request.withObject("/object/spec").put("suspend", true);
        applied = JSON.writeValueAsBytes(review);
        request.withObject("/options").put("fieldManager", "kubectl-patch");
        edited = JSON.writeValueAsBytes(review);
    }

    @Benchmark
    public JsonNode parseACreate() throws IOException {
        return JSON.readTree(created);
    }

    @Benchmark
    public Verdict mutateACreate() throws IOException {
        return mutate(created);
    }

    @Benchmark
    public JsonNode parseAnUpdate() throws IOException {
        return JSON.readTree(edited);
    }

    @Benchmark
    public Verdict mutateAnEdit() throws IOException {
        return mutate(edited);
    }

    @Benchmark
    public Verdict mutateAnUpdateThatSpeaks() throws IOException {
        return mutate(applied);
    }

    private Verdict mutate(byte[] body) throws IOException {
        JsonNode request = JSON.readTree(body).path("request");
        ObjectNode old = request.path("oldObject") instanceof ObjectNode object ? object : null;
        return reviewer.mutate(review(
                (ObjectNode) request.path("object"), old, request.at("/options/fieldManager").asText("")));
    }

    private static Review review(ObjectNode object, ObjectNode old, String fieldManager) {
        return new Review(object, old, "default", new Review.Request(fieldManager), NOW);
    }
}

package dev.penstock.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.bench.Reviews;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
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

/** All of {@code /mutate} and {@code /validate} but HTTP and metrics: from the bytes of the request to those of the answer, beside parsing the request alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AdmissionBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @Param({Reviews.TYPICAL, Reviews.LARGE})
    String size;

    private Reviewer reviewer;
    private byte[] sent;
    private byte[] mutated;

    @Setup
    public void read() throws IOException, InvalidPolicyException {
        read(Reviews.named(size));
    }

    private void read(byte[] body) throws IOException, InvalidPolicyException {
        reviewer = Reviewer.of();
        sent = body;
        ObjectNode review = (ObjectNode) JSON.readTree(body);
        AdmissionRequest request = AdmissionRequest.read(body);
        Verdict verdict = reviewer.mutate(Webhook.review(request, clock)); // which writes into the object
        if (verdict.isDenied() || verdict.patch().isEmpty()) {
            throw new IllegalStateException("a review that is to be filled in: " + verdict);
        }
        review.withObject("/request").set("object", request.object());
        mutated = JSON.writeValueAsBytes(review);
    }

    /** Of this review, without JMH. */
    public static AdmissionBenchmark of(byte[] body) throws IOException, InvalidPolicyException {
        AdmissionBenchmark benchmark = new AdmissionBenchmark();
        benchmark.read(body);
        return benchmark;
    }

    /** How many findings there are at {@code /validate}. */
    public int findings() {
        return reviewer.validate(Webhook.review(AdmissionRequest.read(mutated), clock))
                .findings()
                .size();
    }

    /** The review that an API server then sends to {@code /validate}. */
    public byte[] mutated() {
        return mutated;
    }

    @Benchmark
    public JsonNode parse() throws IOException {
        return JSON.readTree(sent);
    }

    @Benchmark
    public JsonNode parseMutated() throws IOException {
        return JSON.readTree(mutated);
    }

    @Benchmark
    public byte[] mutate() {
        return answer(sent, Reviewer::mutate);
    }

    @Benchmark
    public byte[] validate() {
        return answer(mutated, Reviewer::validate);
    }

    private byte[] answer(byte[] body, BiFunction<Reviewer, Review, Verdict> how) {
        AdmissionRequest request = AdmissionRequest.read(body);
        return Answer.of(request, how.apply(reviewer, Webhook.review(request, clock)))
                .write();
    }
}

package dev.penstock.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.bench.Reviews;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.review.Review;
import dev.penstock.review.Reviewer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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

/** All of {@code /mutate} but HTTP: from the bytes of the request to those of the answer, beside parsing the request alone. */
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
    private byte[] body;

    @Setup
    public void read() throws InvalidPolicyException {
        reviewer = Reviewer.of();
        body = Reviews.named(size);
    }

    @Benchmark
    public JsonNode parse() throws IOException {
        return JSON.readTree(body);
    }

    @Benchmark
    public byte[] review() {
        AdmissionRequest request = AdmissionRequest.read(body);
        Review review = Webhook.review(request, clock);
        return Answer.write(Answer.of(request, reviewer.mutate(review), reviewer.policies(review)));
    }
}

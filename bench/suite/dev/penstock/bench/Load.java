package dev.penstock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A load from a process of its own: {@code bench/load}.
 *
 * @param tool the built program
 * @param folder for its output
 * @param command what it is started with, such as {@code taskset -c 1}
 */
record Load(Path tool, Path folder, List<String> command) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What it is sent to, over TLS.
     *
     * @param client options that say who the client is; none where anybody may ask
     * @param answer what each answer contains, so that a quick refusal is no success
     */
    record Target(String url, Path authority, List<String> client, Path body, String answer) {
        Target(String url, Path authority, Path body, String answer) {
            this(url, authority, List.of(), body, answer);
        }

        private List<String> options() {
            List<String> options =
                    new ArrayList<>(List.of("-url", url, "-ca", authority.toString(), "-body", body.toString()));
            options.addAll(List.of("-answer", answer));
            options.addAll(client);
            return options;
        }
    }

    /**
     * What came of it; times in microseconds.
     *
     * @param late the 99th percentile of how much later than it should a request fell due: what of the times is the load's own
     * @param cpu the share of a core that the load took itself
     */
    record Outcome(
            int answers,
            int failures,
            double seconds,
            double p50,
            double p99,
            double p999,
            double max,
            double late,
            double cpu) {
        double perSecond() {
            return answers / seconds;
        }
    }

    /** As many as are answered. */
    Outcome closed(Target target, int connections, Duration length) {
        return run(target, connections, 0, length);
    }

    /** @throws IllegalStateException where anything else was answered than should be: there is no figure then */
    Outcome run(Target target, int connections, int perSecond, Duration length) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(tool.toString(), "load"));
        all.addAll(target.options());
        all.addAll(List.of(
                "-connections", String.valueOf(connections),
                "-rate", String.valueOf(perSecond),
                "-for", length.toMillis() + "ms"));
        Child child = Child.start(folder, all, Map.of());
        String output = child.output();
        try {
            Outcome outcome = JSON.readValue(output, Outcome.class);
            if (outcome.failures() > 0) {
                throw new IllegalStateException(outcome.failures() + " requests failed:\n" + child.log());
            }
            return outcome;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(output, e);
        }
    }

    /** The milliseconds from the start of a program to its first success, after which it is ended. */
    double first(Target target, List<String> program, Map<String, String> environment) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(tool.toString(), "first"));
        all.addAll(target.options());
        all.add("--");
        all.addAll(program);
        return Double.parseDouble(Child.start(folder, all, environment).output().strip());
    }
}

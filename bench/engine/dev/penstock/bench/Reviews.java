package dev.penstock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The admission reviews that are measured, as an API server sends them. The working directory is the project's. */
public final class Reviews {
    /** Of {@code samples/steps.yaml}: 2.6 KB. */
    public static final String TYPICAL = "typical";
    /** Of a pipeline with containers until it is 100 KB. */
    public static final String LARGE = "large";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE_BYTES = 100_000;

    private Reviews() {}

    /** @param name {@link #TYPICAL} or {@link #LARGE} */
    public static byte[] named(String name) {
        return switch (name) {
            case TYPICAL -> bytes(recorded("steps"));
            case LARGE -> large();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** One of {@code src/test/resources/recorded}. */
    public static ObjectNode recorded(String name) {
        try {
            return (ObjectNode)
                    JSON.readTree(Files.readString(Path.of("src/test/resources/recorded", name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] large() {
        ObjectNode review = recorded("container");
        for (int containers = 2; ; containers++) {
            setContainers(review, containers);
            byte[] bytes = bytes(review);
            if (bytes.length >= LARGE_BYTES) {
                return bytes;
            }
        }
    }

    /** Makes so many containers of the first one. */
    public static void setContainers(ObjectNode review, int count) {
        ArrayNode containers =
                (ArrayNode) review.at("/request/object/spec/jobTemplate/spec/template/spec/containers");
        while (containers.size() > count) {
            containers.remove(containers.size() - 1);
        }
        while (containers.size() < count) {
            ObjectNode copy = containers.get(0).deepCopy();
            containers.add(copy.put("name", "c" + containers.size()));
        }
    }

    /** As JSON without blanks. */
    public static byte[] bytes(ObjectNode review) {
        try {
            return JSON.writeValueAsBytes(review);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

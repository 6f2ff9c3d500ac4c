package dev.penstock.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.ObjectName;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.policy.KubernetesNames;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request of an {@code AdmissionReview} of {@code admission.k8s.io/v1}, read strictly. The object is left as the tree
 * that it is: what this version does not know passes untouched.
 *
 * @param uid of the request, to be echoed
 * @param operation such as {@code CREATE}
 * @param resource what was asked for, as {@code batch/v1 cronjobs}, with the subresource if there is one
 * @param namespace of the object; empty where there is none
 * @param user who asks, as the API server knows them
 * @param fieldManager of the client; empty where it names none
 * @param dryRun whether nothing will be stored
 * @param object as it was sent; an empty one where the operation, such as DELETE, has none
 * @param old the object that it replaces; null on creation
 */
record AdmissionRequest(
        String uid,
        String operation,
        String resource,
        String namespace,
        String user,
        String fieldManager,
        boolean dryRun,
        ObjectNode object,
        @Nullable ObjectNode old) {
    // A CronJob with its managedFields is some 25 deep; nothing that Kubernetes stores comes near this.
    private static final int MAX_DEPTH = 100;
    // As many as 2 MiB of short environment variables have, which the tree takes some 30 MB for.
    private static final int MAX_TOKENS = 500_000;

    /** The operations that have an object which Penstock reviews. */
    static final Set<String> WRITES = Set.of("CREATE", "UPDATE");

    // What the parser says of its source, which has no name, and the end of its sentence.
    private static final Pattern PARSERS_OWN = Pattern.compile(" \\(start marker at \\[.*?]\\)|[.:;,\\s]+$");

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // The parser's own check of the same keeps a set of the names of each object.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .reader();

    /** What the object is called, or will be by its generateName. */
    String name() {
        return ObjectName.of(object).shown();
    }

    /** @throws BrokenRequestException if the body is no such review */
    static AdmissionRequest read(byte[] body) {
        JsonNode tree = tree(body);
        if (!tree.isObject()) {
            throw broken("must be an AdmissionReview, but is no JSON object");
        }
        try {
            return read(Field.of(tree));
        } catch (WrongTypeException e) {
            throw broken(e.sentence());
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            return READER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw broken("nested more than " + MAX_DEPTH
                    + " deep, or with so many values, or a number or name so long, as" + " no CronJob has");
        } catch (MismatchedInputException e) {
            // Of a name that is there twice, or of what follows: nothing else is asked of a tree.
            int end = e.getOriginalMessage().lastIndexOf(" for `ObjectNode`");
            throw end < 0
                    ? broken("something follows the JSON")
                    : noJson(e, e.getOriginalMessage().substring(0, end));
        } catch (JsonProcessingException e) {
            throw noJson(e, e.getOriginalMessage());
        } catch (IOException e) {
            throw broken("not JSON: " + own(String.valueOf(e.getMessage())));
        }
    }

    /** In the parser's own words, without the excerpt of the source that its full message holds. */
    private static BrokenRequestException noJson(JsonProcessingException e, String words) {
        return broken("not JSON: " + own(words) + " (line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr() + ")");
    }

    private static AdmissionRequest read(Field review) {
        expect(review.at("apiVersion"), "admission.k8s.io/v1");
        expect(review.at("kind"), "AdmissionReview");
        Field request = review.at("request");
        if (request.isAbsent()) {
            throw broken("request: must be there");
        }
        Field resource = request.at("resource");
        String subResource = text(request.at("subResource"));
        String uid = required(request.at("uid"));
        String operation = required(request.at("operation"));
        Field object = request.at("object");
        return new AdmissionRequest(
                uid,
                operation,
                text(resource.at("group")) + "/" + text(resource.at("version")) + " " + text(resource.at("resource"))
                        + (subResource.isEmpty() ? "" : "/" + subResource),
                namespace(request.at("namespace")),
                text(request.at("userInfo", "username")),
                text(request.at("options", "fieldManager")),
                flag(request.at("dryRun")),
                object.isAbsent() && !WRITES.contains(operation)
                        ? JsonNodeFactory.instance.objectNode()
                        : object(object),
                request.at("oldObject").isAbsent() ? null : object(request.at("oldObject")));
    }

    private static void expect(Field field, String value) {
        if (!text(field).equals(value)) {
            throw broken(field.path() + ": must be " + value);
        }
    }

    private static String required(Field field) {
        String text = text(field);
        if (text.isEmpty()) {
            throw broken(field.path() + ": must be there");
        }
        return text;
    }

    private static String namespace(Field field) {
        String name = text(field);
        if (!name.isEmpty() && !KubernetesNames.isDnsLabel(name)) {
            throw broken(field.path() + ": must be what a namespace may be called");
        }
        return name;
    }

    private static String text(Field field) {
        return field.asText().orElse("");
    }

    private static boolean flag(Field field) {
        if (field.isPresent() && !field.value().isBoolean()) {
            throw new WrongTypeException(field.path(), "true or false", field.value());
        }
        return field.value().asBoolean();
    }

    private static ObjectNode object(Field field) {
        if (field.value() instanceof ObjectNode object) {
            return object;
        }
        throw broken(field.path() + ": must be an object");
    }

    private static BrokenRequestException broken(String message) {
        return new BrokenRequestException(400, "This is no admission review that Penstock can read: " + message + ".");
    }

    private static String own(String text) {
        return PARSERS_OWN.matcher(text.lines().findFirst().orElse("")).replaceAll("");
    }
}

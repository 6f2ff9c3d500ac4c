package dev.penstock.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of YAML or JSON.
 *
 * @param documents of which some may hold nothing
 */
public record YamlFile(String text, List<YamlDocument> documents) {
    private static final int MAX_BYTES = 16 << 20;

    /** @throws UnreadableException where it is no text of YAML or JSON; of several documents all must be */
    public static YamlFile read(InputStream in) throws IOException, UnreadableException {
        String text = text(in);
        boolean isJson = text.stripLeading().startsWith("{");
        return new YamlFile(text, isJson ? JsonText.documents(text) : YamlText.documents(text));
    }

    /** The documents that hold anything. */
    public List<YamlDocument> filled() {
        return documents.stream().filter(document -> !document.value().isNull()).toList();
    }

    /** The same, and of a {@code List} its items. */
    public List<YamlDocument> objects() {
        return documents.stream()
                .flatMap(YamlDocument::items)
                .filter(document -> !document.value().isNull())
                .toList();
    }

    private static String text(InputStream in) throws IOException, UnreadableException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableException(0, 0, "is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException(0, 0, "is no text in UTF-8");
        }
    }
}

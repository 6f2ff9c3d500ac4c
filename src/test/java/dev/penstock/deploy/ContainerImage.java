package dev.penstock.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as {@code docker load} takes it.
 *
 * @param tags all names that it has
 * @param config what runs, as whom, in which environment: {@code config} of the OCI image configuration
 * @param files what is in its layers
 */
record ContainerImage(List<String> tags, JsonNode config, List<Member> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A file of a layer, by its path without a slash in front. */
    record Member(String path, long size, int mode) {}

    static ContainerImage read(Path tar) throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        try (InputStream bytes = Files.newInputStream(tar);
                TarArchiveInputStream archive = new TarArchiveInputStream(bytes)) {
            for (TarArchiveEntry part = archive.getNextEntry(); part != null; part = archive.getNextEntry()) {
                parts.put(part.getName(), archive.readAllBytes());
            }
        }
        JsonNode image = JSON.readTree(parts.get("manifest.json")).path(0);
        List<Member> files = new ArrayList<>();
        for (JsonNode layer : image.path("Layers")) {
            files.addAll(files(parts.get(layer.asText())));
        }
        return new ContainerImage(
                JSON.convertValue(
                        image.path("RepoTags"),
                        JSON.getTypeFactory().constructCollectionType(List.class, String.class)),
                JSON.readTree(parts.get(image.path("Config").asText())).path("config"),
                files);
    }

    private static List<Member> files(byte[] layer) throws IOException {
        List<Member> files = new ArrayList<>();
        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
            for (TarArchiveEntry file = archive.getNextEntry(); file != null; file = archive.getNextEntry()) {
                if (file.isFile()) {
                    files.add(new Member(file.getName(), file.getSize(), file.getMode()));
                }
            }
        }
        return files;
    }

    /** Of all files, as they lie on a node's disk. */
    long size() {
        return files.stream().mapToLong(Member::size).sum();
    }
}

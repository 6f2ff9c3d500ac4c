package dev.penstock.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions that are shipped are those that the types say. {@code -Dcrds.write=true} rewrites them. */
class CustomResourcesTest {
    private static final Path FOLDER = Path.of("deploy", "crds");
    private static final boolean WRITE = Boolean.getBoolean("crds.write");

    static List<Resource> resources() {
        return Resource.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void isShippedAsTheTypesSay(Resource resource) throws Exception {
        Path file = FOLDER.resolve(resource.name() + ".yaml");
        String definition = CustomResources.definition(resource);
        if (WRITE) {
            Files.writeString(file, definition);
        }
        assertThat(Files.readString(file)).isEqualTo(definition);
    }

    @Test
    void shipsNoOthers() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Resource.ALL.stream()
                            .map(resource -> resource.name() + ".yaml")
                            .toList());
        }
    }
}

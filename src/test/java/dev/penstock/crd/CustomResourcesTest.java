package dev.penstock.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions that are shipped are those that the types say. {@code -Dcrds.write=true} rewrites them. */
class CustomResourcesTest {
    private static final boolean WRITE = Boolean.getBoolean("crds.write");

    static List<Resource> resources() {
        return Resource.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void isShippedAsTheTypesSay(Resource resource) throws Exception {
        Path file = Path.of("deploy", "crds", resource.name() + ".yaml");
        String definition = CustomResources.definition(resource);
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, definition);
        }
        assertThat(Files.readString(file)).isEqualTo(definition);
    }
}

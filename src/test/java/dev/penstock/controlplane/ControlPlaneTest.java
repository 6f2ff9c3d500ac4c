package dev.penstock.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing is installed, '', 1.37 1.34",
        "both are, 1.34.4 1.37.2, 1.37 1.34",
        "the newer one, 1.37.2, 1.37 1.34",
        "the older one, 1.34.4, 1.34 1.37",
        "another one, 1.30.1, 1.37 1.34"
    })
    void takesWhatIsInstalledBeforeItFetches(String story, String installed, String order, @TempDir Path home)
            throws IOException {
        for (String version : installed.split(" ", 0)) {
            if (!version.isEmpty()) {
                install(home, version);
            }
        }
        assertThat(ControlPlane.installedFirst(home)).isEqualTo(List.of(order.split(" ", 0)));
    }

    private static void install(Path home, String version) throws IOException {
        Path folder =
                Files.createDirectories(home.resolve("k8s").resolve(version + Utils.platformSuffix(new OSInfo())));
        for (String program : List.of("etcd", "kube-apiserver", "kubectl")) {
            assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
    }
}

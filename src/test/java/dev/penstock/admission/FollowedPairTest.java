package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.certificate.Pair;
import dev.penstock.controlplane.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a certificate and its key, as a mounted Secret replaces them. */
class FollowedPairTest {
    private final List<Pair> shown = new ArrayList<>();
    private Path folder;
    private Path data;
    private FollowedPair followed;

    @BeforeEach
    void mount(@TempDir Path empty) throws Exception {
        folder = empty;
        data = folder.resolve("..data");
        Files.createSymbolicLink(data, make("1"));
        followed = new FollowedPair(data.resolve("tls.crt"), data.resolve("tls.key"));
    }

    private Path make(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        ServerCertificate.make(made);
        return made;
    }

    private void turn(Path to) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("..next"), to);
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            followed.poll(shown::add);
        }
    }

    private static Pair read(Path folder) throws Exception {
        return Pair.read(Files.readAllBytes(folder.resolve("tls.crt")), Files.readAllBytes(folder.resolve("tls.key")));
    }

    @Test
    void showsNothingNewWhileNothingChanges() {
        poll(3);
        assertThat(shown).isEmpty();
    }

    @Test
    void showsWhatWasPutInTheirPlace() throws Exception {
        Path next = make("2");
        turn(next);
        poll(3);
        assertThat(shown).containsExactly(read(next));
        assertThat(followed.pair()).isEqualTo(read(next));
    }

    @Test
    void keepsWhatItHasWhileTheTwoDoNotBelongTogether() throws Exception {
        Pair before = followed.pair();
        Path next = make("2");
        Files.copy(next.resolve("tls.crt"), folder.resolve("1/tls.crt"), StandardCopyOption.REPLACE_EXISTING);
        poll(3);
        assertThat(shown).isEmpty();
        assertThat(followed.pair()).isEqualTo(before);
        Files.copy(next.resolve("tls.key"), folder.resolve("1/tls.key"), StandardCopyOption.REPLACE_EXISTING);
        poll(3);
        assertThat(shown).containsExactly(read(next));
    }
}

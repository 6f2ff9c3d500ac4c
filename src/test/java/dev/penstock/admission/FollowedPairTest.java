package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LogLines;
import dev.penstock.certificate.Names;
import dev.penstock.certificate.Pair;
import dev.penstock.certificate.Renewal;
import dev.penstock.controlplane.ServerCertificate;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a certificate and its key, as a mounted Secret replaces them. */
class FollowedPairTest {
    private final List<Pair> shown = new ArrayList<>();
    private final LogLines log = LogLines.of(FollowedPair.class);
    private Instant now = Instant.EPOCH;
    private Path folder;
    private Path data;
    private FollowedPair followed;

    @BeforeEach
    void mount(@TempDir Path empty) throws Exception {
        folder = empty;
        data = folder.resolve("..data");
        Files.createSymbolicLink(data, make("1"));
        now = Instant.now().plusSeconds(60);
        follow();
    }

    private void follow() throws Exception {
        followed = new FollowedPair(data.resolve("tls.crt"), data.resolve("tls.key"), () -> now);
    }

    @AfterEach
    void stopListening() {
        log.close();
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

    @Test
    void keepsWhatIsValidForWhatIsNotUntilItIs() throws Exception {
        Pair before = followed.pair();
        Path next = makeValidFrom(now.plus(Duration.ofDays(1)), "2");
        turn(next);
        poll(5);
        assertThat(shown).isEmpty();
        assertThat(followed.pair()).isEqualTo(before);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("cannot be used, so the certificate before stays: it is valid from ");

        now = now.plus(Duration.ofDays(1)).plusSeconds(60);
        poll(1);
        assertThat(shown).containsExactly(read(next));
    }

    @Test
    void takesWhatIsNotValidWhereWhatItHasIsNotEitherAndSaysSo() throws Exception {
        now = now.plus(Duration.ofDays(10));
        Path next = make("2");
        turn(next);
        poll(3);
        assertThat(shown).containsExactly(read(next));
        assertThat(log.lines())
                .hasSize(2)
                .allMatch(line -> line.contains("is shown, but not valid now: it is valid from "));
    }

    @Test
    void saysOnceThatWhatItShowsHasRunOut() {
        now = now.plus(Duration.ofDays(10));
        poll(3);
        assertThat(shown).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains("is shown, but not valid now: it is valid from ");
    }

    @Test
    void saysWhyItIsNotReadyFromTheStart() throws Exception {
        now = now.plus(Duration.ofDays(10));
        follow();
        assertThat(log.lines()).singleElement().asString().contains("is shown, but not valid now: it is valid from ");
    }

    @Test
    void saysThatAFileIsNotThere() throws Exception {
        Files.delete(folder.resolve("1/tls.crt"));
        poll(3);
        assertThat(log.lines()).singleElement().asString().endsWith("stays: no such file: " + data.resolve("tls.crt"));
    }

    /** By what Java says of one: for root no file is closed. */
    @Test
    void saysThatAFileIsClosed() {
        assertThat(FollowedPair.why(new AccessDeniedException("tls.key"))).isEqualTo("permission denied: tls.key");
    }

    private Path makeValidFrom(Instant begin, String name) throws Exception {
        Path made = Files.createDirectory(folder.resolve(name));
        Pair pair = new Renewal(Names.ofService("a", "b", List.of()), Duration.ofDays(9), Duration.ofDays(3))
                .makeshift(begin.plus(Duration.ofMinutes(5)));
        Files.writeString(made.resolve("tls.crt"), pair.certificatePem());
        Files.writeString(made.resolve("tls.key"), pair.keyPem());
        return made;
    }
}

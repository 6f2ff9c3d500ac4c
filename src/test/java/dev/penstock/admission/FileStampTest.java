package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {
    /** What could not be read is read again once it can be. */
    @Test
    void isAnotherOnceTheFileIsOpenedToOthers(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("tls.key"), "a");
        var before = FileStamp.of(file);
        assertThat(FileStamp.of(file)).isEqualTo(before).isPresent();

        Instant end =
                Instant.now().plus(Duration.ofSeconds(5)); // a file system tells times in steps of some milliseconds
        do {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        } while (FileStamp.of(file).equals(before) && Instant.now().isBefore(end));
        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a Maven distribution into its home, after checking its SHA-512; downloads it first where it is not there.
 * Plain Java, so that {@code ../mvnw} needs neither curl nor unzip.
 *
 * <p>Arguments: the zip, its SHA-512 in hex, the home to make, the URL to fetch the zip from where it is missing.
 */
class FetchMaven {
    public static void main(String[] args) throws Exception {
        Path zip = Path.of(args[0]);
        Path home = Path.of(args[2]);
        if (!Files.exists(zip)) {
            try (InputStream in = URI.create(args[3]).toURL().openStream()) {
                Files.copy(in, zip);
            } catch (IOException e) {
                fail("cannot fetch " + args[3] + ": " + e);
            }
        }
        String found = sha512(zip);
        if (!found.equals(args[1])) {
            fail(zip + " is not the Maven that was expected: its SHA-512 is " + found);
        }
        // Beside its place first, then moved: a run that was cut off leaves nothing half-written.
        Path part = Files.createTempDirectory(home.getParent(), "unpack");
        unzip(zip, part);
        part.resolve(home.getFileName()).resolve("bin/mvn").toFile().setExecutable(true);
        try {
            Files.move(part.resolve(home.getFileName()), home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(home)) {
                throw e;
            }
        }
        Files.deleteIfExists(part);
    }

    private static String sha512(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void unzip(Path zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    fail("the zip has an entry outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void fail(String message) {
        System.err.println("mvnw: " + message);
        System.exit(1);
    }
}

package dev.penstock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as it was built. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"penstock " + number()};
    }

    static String number() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("/penstock.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the program's properties are broken", e);
        }
        return properties.getProperty("version");
    }
}

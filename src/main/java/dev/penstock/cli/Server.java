package dev.penstock.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** The running webhook: says that it is ready, and waits for its end. */
public final class Server implements QuarkusApplication {
    static final String READY_LINE = "penstock.ready-line";

    @Override
    public int run(String... args) {
        System.out.println(System.getProperty(READY_LINE));
        Quarkus.waitForExit();
        return 0;
    }
}

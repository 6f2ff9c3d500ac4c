package dev.penstock.cli;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

/** The running webhook: says that it is ready, and waits for its end. */
public final class Server implements QuarkusApplication {
    static final String READY_LINE = "penstock.ready-line";

    static final String JSON_LOG = "quarkus.log.console.json.enabled";

    private static final Logger LOG = Logger.getLogger(Server.class);

    @Override
    public int run(String... args) {
        LogThread.start(Application.currentApplication()::awaitShutdown);
        String ready = System.getProperty(READY_LINE);
        if (Boolean.getBoolean(JSON_LOG)) {
            LOG.info(ready); // every line is an object
        } else {
            System.out.println(ready);
        }
        Quarkus.waitForExit();
        return ExitCode.OK;
    }
}

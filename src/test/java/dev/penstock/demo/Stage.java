package dev.penstock.demo;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.RecordedWebhook;
import java.util.ArrayList;
import java.util.List;

/** Where the samples are shown: a real API server, or the webhook alone where there is none. */
sealed interface Stage extends AutoCloseable permits RealApiServer, RecordedReviews {

    /** Starts the newest API server that is installed, else the newest that can be had, with the webhook in front of it. */
    static Stage set(Screen screen) {
        List<String> missing = new ArrayList<>();
        for (String minor : ControlPlane.installedFirst()) {
            ControlPlane.Start start = ControlPlane.start(minor, screen::progress);
            if (start instanceof ControlPlane.Started started) {
                screen.progress("Starting the webhook");
                return RealApiServer.start(started.controlPlane());
            } else if (start instanceof ControlPlane.Unavailable unavailable) {
                missing.add(unavailable.reason());
            }
        }
        screen.progress("Starting the webhook");
        return new RecordedReviews(RecordedWebhook.start(), missing.get(0));
    }

    /** What there is, in a line. */
    String description();

    Outcome apply(Sample sample);

    /** What an outcome's stored object is called. */
    String storedTitle();

    /** What to try while it stays up; empty where there is nothing. */
    List<String> invitation();

    @Override
    void close();
}

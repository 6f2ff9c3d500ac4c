package dev.penstock.intent;

import java.util.ArrayList;
import java.util.List;

/** How an author applies a manifest. */
enum Apply {
    CLIENT_SIDE,
    SERVER_SIDE,
    /** Server-side apply by plain HTTP, as Flux and Argo CD do it. */
    HTTP;

    /** Who applies by plain HTTP. */
    static final String HTTP_MANAGER = "ci";

    /** kubectl's command for it, which reads the manifest from its input. */
    List<String> kubectl(String verb, String... flags) {
        List<String> command = new ArrayList<>(List.of(verb, "-f", "-"));
        if (this != CLIENT_SIDE) {
            command.add("--server-side");
        }
        if (this == HTTP) {
            command.add("--field-manager=" + HTTP_MANAGER);
        }
        command.addAll(List.of(flags));
        return command;
    }
}

package dev.penstock.bench;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers {@code POST /echo} with what was sent: the least that this server can do for a body, over the same TLS. Only the builds of {@code -Pecho} have it.
 */
@ApplicationScoped
public class EchoRoute {
    void add(@Observes Router router) {
        router.post("/echo")
                .handler(call ->
                        call.request().resume().body().onSuccess(body -> call.response().end(body)));
    }
}

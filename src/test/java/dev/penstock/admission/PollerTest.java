package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LogLines;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollerTest {
    @Test
    void looksAgainAfterALookThatFailed() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        Runnable look = () -> {
            looks.countDown();
            throw new OutOfMemoryError("too large");
        };
        try (LogLines log = LogLines.of(Poller.class);
                Poller poller = Poller.start("files", 1, look)) {
            assertThat(poller).isNotNull();
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines()).containsExactly("looking at files failed, and will be tried again");
        }
    }
}

package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowedTest {
    private final List<String> taken = new ArrayList<>();
    private String stamp = "a";
    private String written = ""; // while it is read
    private final Followed<String> followed = new Followed<>(() -> stamp);

    @Test
    void takesWhatStandsStillOnce() {
        assertThat(poll()).isTrue();
        stamp = "b";
        assertThat(poll()).isFalse();
        stamp = "c";
        assertThat(poll()).isFalse();
        assertThat(taken).isEmpty();
        assertThat(poll()).isTrue();
        assertThat(poll()).isTrue();
        assertThat(taken).containsExactly("c");
    }

    @Test
    void takesNothingThatChangesAndIsAsBefore() {
        stamp = "b";
        poll();
        stamp = "a";
        assertThat(poll()).isTrue();
        assertThat(poll()).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void takesNothingThatIsWrittenWhileItIsRead() {
        stamp = "b";
        written = "c";
        poll();
        assertThat(poll()).isFalse();
        assertThat(poll()).isFalse();
        assertThat(taken).isEmpty();
        assertThat(poll()).isTrue();
        assertThat(taken).containsExactly("c");
    }

    private boolean poll() {
        return followed.poll(() -> {
            String read = stamp;
            stamp = written.isEmpty() ? stamp : written;
            return () -> taken.add(read);
        });
    }
}

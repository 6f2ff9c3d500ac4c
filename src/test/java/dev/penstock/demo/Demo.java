package dev.penstock.demo;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Penstock does with each of {@code samples/}, on a real API server where one can be had. The working directory is the
 * project's; the program must have been packaged.
 *
 * <p>Arguments: {@code --once} ends it after the samples, {@code --color} is for terminals.
 */
public final class Demo {
    private final Screen screen;
    private final boolean once;

    private Demo(Screen screen, boolean once) {
        this.screen = screen;
        this.once = once;
    }

    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        CountDownLatch ending = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown, "ending"));
        try {
            new Demo(new Screen(options.contains("--color")), options.contains("--once")).run(ending);
        } catch (RuntimeException e) {
            report(e, ending);
        }
    }

    /** Ctrl-C reaches every process of the terminal: that those which this one needs are gone is no news then. */
    private static void report(RuntimeException failure, CountDownLatch ending) {
        try {
            if (!ending.await(1, TimeUnit.SECONDS)) {
                System.err.println("penstock demo: " + failure.getMessage());
                System.exit(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(CountDownLatch ending) {
        try (Stage stage = Stage.set(screen)) {
            screen.sentence(stage.description());
            for (Sample sample : Sample.all()) {
                show(sample, stage.apply(sample), stage.storedTitle());
            }
            if (!once && !stage.invitation().isEmpty()) {
                screen.title("Your turn");
                screen.verbatim(List.of("It all stays up until Ctrl-C. In another terminal, in this folder:", ""));
                screen.indented(stage.invitation());
                ending.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Sample sample, Outcome outcome, String storedTitle) {
        screen.title(sample.toString());
        screen.verbatim(List.of(sample.special()));
        screen.heading("What the author wrote");
        screen.indented(sample.manifest());
        screen.heading(outcome.question());
        screen.verbatim(outcome.answer());
        outcome.stored().ifPresent(stored -> {
            Why why = Why.of(outcome.sent());
            screen.heading(why.isEmpty() ? storedTitle : storedTitle + " (+ is Penstock's)");
            screen.marked(SpecYaml.of(stored, sample.tree(), why.pointers()));
            screen.heading("Why");
            screen.indented(why.isEmpty() ? List.of("Nothing was left out.") : why.table(Screen.WIDTH - 2));
        });
    }
}

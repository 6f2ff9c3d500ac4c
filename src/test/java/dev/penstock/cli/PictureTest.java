package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's picture shows what the program writes. {@code -Dpicture.write=true} draws it anew. */
class PictureTest {
    private static final Path PICTURE = Path.of("docs/picture/review.svg");
    private static final List<String> COMMAND = List.of(
            "review",
            "--now",
            "2026-03-01",
            "-f",
            "samples/mistakes/schedule.yaml",
            "samples/mistakes/untagged-image.yaml");

    @Test
    void showsWhatTheProgramWrites() throws Exception {
        List<String> coloured = new ArrayList<>(COMMAND);
        coloured.addAll(List.of("--color", "always"));
        Run run = Run.of(coloured.toArray(String[]::new));
        List<String> lines = new ArrayList<>();
        Paint prompt = Paint.COLOURS;
        lines.add(prompt.faint("$") + " penstock " + String.join(" ", COMMAND.subList(0, 3)) + " \\");
        lines.add("    " + String.join(" ", COMMAND.subList(3, COMMAND.size())));
        lines.addAll(run.out().lines().toList());
        String svg = TerminalPicture.of("What penstock review writes on a terminal", lines);
        if (Boolean.getBoolean("picture.write")) {
            Files.writeString(PICTURE, svg);
        }
        assertThat(PICTURE).hasContent(svg);
        assertThat(Path.of("README.md")).content().contains("](" + PICTURE + ")");
    }
}

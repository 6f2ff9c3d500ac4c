package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cases.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GithubReportTest {
    private static final Pattern COMMAND =
            Pattern.compile("::(error|warning) file=([^:,]+),line=\\d+,col=\\d+,endColumn=\\d+,title=([^:,]+)::(.*)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static List<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void annotatesWithWhatTheAuthorIsToldAndSumsUp(Case story) {
        List<String> lines =
                ReviewCommandTest.review(story, "github").out().lines().toList();
        List<String> annotations = lines.subList(0, lines.size() - 1);
        assertThat(annotations).allMatch(line -> COMMAND.matcher(line).matches());
        assertThat(annotations)
                .extracting(GithubReportTest::told)
                .containsExactlyInAnyOrderElementsOf(story.outcomeLines().stream()
                        .filter(line -> line.startsWith("Deny ") || line.startsWith("Warn "))
                        .toList());
        assertThat(lines.get(lines.size() - 1)).matches("[01] pipelines?: .*");
    }

    private static String told(String line) {
        Matcher command = COMMAND.matcher(line);
        assertThat(command.matches()).isTrue();
        return (command.group(1).equals("error") ? "Deny " : "Warn ")
                + command.group(4).replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    @Test
    void marksWhatIsWrongWhereItStands() throws Exception {
        Run run = Run.of("review", "-o", "github", "-f", file("churn.yaml", ReviewCommandTest.MOVING));
        assertThat(run.out().replace(folder.toString(), "DIR")).isEqualTo("""
                ::error file=DIR/churn.yaml,line=6,col=13,endColumn=23,title=ml/churn::spec.schedule: Invalid value: \
                "0 1 31 2 *": never fires within 5 years (rule schedule)
                1 pipeline: 1 denied, 0 warned of, 0 allowed
                """);
    }

    @Test
    void escapesWhatWouldEndACommandOrAProperty() throws Exception {
        String odd = ReviewCommandTest.MOVING.replace("name: churn", "name: \"a,b:c%\\r\\nd\"");
        Run run = Run.of("review", "-o", "github", "-f", file("50%, a:b.yaml", odd));
        assertThat(run.out())
                .contains("/50%25%2C a%3Ab.yaml,line=6,")
                .contains(",title=ml/a%2Cb%3Ac%25%0D%0Ad::spec.schedule: Invalid value: \"0 1 31 2 *\": never ");
        assertThat(run.out().lines()).allMatch(line -> line.startsWith("::") || line.startsWith("1 pipeline: "));
    }

    @Test
    void saysWhatCannotBeRead() throws Exception {
        String broken = file("broken.yaml", "kind: CronJob\nmetadata: {name: a\n");
        Run run = Run.of("review", "-o", "github", "-f", "missing.yaml", "-f", broken);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .startsWith("::error file=missing.yaml,title=cannot be read::no such file or folder\n::error file=")
                .contains("broken.yaml,line=3,col=1,endColumn=2,title=cannot be read::not YAML: ")
                .endsWith("\n0 pipelines: 0 denied, 0 warned of, 0 allowed; 2 files could not be read\n");
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}

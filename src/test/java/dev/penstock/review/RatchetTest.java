package dev.penstock.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.PipelinePolicy;
import dev.penstock.rules.Finding;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edit of a pipeline is denied for that broke the policy before it. */
class RatchetTest {
    private static final String RULES =
            "{credentials: {action: Deny}, schedule: {action: Deny, minInterval: 4h}, imageTag: {action: Deny},"
                    + " arguments: {action: Deny, allowedTasks: [score], maxTasks: 2}}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        the same secret          | {env: [{name: AWS, value: AKIAIOSFODNN7EXAMPLE}]}   | {env: [{name: AWS, value: AKIAIOSFODNN7EXAMPLE}]}   | -
        another secret           | {env: [{name: AWS, value: AKIAIOSFODNN7EXAMPLE}]}   | {env: [{name: AWS, value: AKIAZZZZZZZZZZZZZZZZ}]}   | credentials
        a script around it       | {command: [sh, -c, 'load postgres://u:secretpw@h/db; run']} | {command: [sh, -c, 'load postgres://u:secretpw@h2/db; run -v']} | -
        one in the same script   | {command: [sh, -c, 'load postgres://u:secretpw@h/db']} | {command: [sh, -c, 'load postgres://u:secretpw@h/db; a --password=p2']} | credentials
        another argument's       | {args: ['--db-password=hunter2']}                   | {args: ['--db-password=brandnew']}                  | credentials
        one argument more        | {args: ['--db-password=hunter2', --task, x]}        | {args: [-v, '--db-password=hunter2', --task, x]}    | -
        a task more              | {args: [--task, x]}                                 | {args: [--task, x, --task, y]}                      | arguments
        another image            | {image: 'a:latest'}                                 | {image: 'b:latest'}                                 | imageTag
        a variable more          | {image: 'a:latest'}                                 | {image: 'a:latest', env: [{name: A, value: a}]}     | -
        """)
    void deniesOfAContainerWhatIsNew(String story, String before, String after, String denied) throws Exception {
        assertThat(denials(pipeline("{}", container(before)), pipeline("{}", container(after))))
                .isEqualTo(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        as it was                       | {schedule: 0 */3 * * *, timeZone: Etc/UTC}                    | {schedule: 0 */3 * * *, timeZone: Etc/UTC, suspend: true}           | -
        what was warned of is denied    | {schedule: '0 0,4,8,12,16,20 */3 * *', timeZone: Etc/UTC}     | {schedule: '0 0,4,8,12,16,20 */3 * *', timeZone: Europe/Berlin}     | schedule
        nothing was said of it          | {schedule: '0 0,4,8,12,16,20 * * *', timeZone: Etc/UTC}       | {schedule: '0 0,4,8,12,16,20 * * *', timeZone: Europe/Berlin}       | schedule
        """)
    void deniesOfTheScheduleWhatIsNew(String story, String before, String after, String denied) throws Exception {
        assertThat(denials(pipeline(before, container("{}")), pipeline(after, container("{}"))))
                .isEqualTo(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        an annotation of another's | {penstock.dev/tasks: 'a,b,c'}  | {penstock.dev/tasks: 'a,b,c', team: x}                   | -
        a task beside too many     | {penstock.dev/tasks: 'a,b,c'}  | {penstock.dev/tasks: 'a,b,c', penstock.dev/task: score}  | arguments
        """)
    void deniesOfTheStepsWhatIsNew(String story, String before, String after, String denied) throws Exception {
        assertThat(denials(annotated(before), annotated(after))).isEqualTo(denied);
    }

    private static String container(String fields) {
        ObjectNode container = Yaml.object("{name: a, image: 'a:1', command: [run]}");
        container.setAll(Yaml.object(fields));
        return container.toString();
    }

    private static ObjectNode annotated(String annotations) {
        ObjectNode pipeline = pipeline("{}", container("{}"));
        pipeline.withObject("/metadata").set("annotations", Yaml.tree(annotations));
        return pipeline;
    }

    private static ObjectNode pipeline(String spec, String container) {
        ObjectNode pipeline = Yaml.pipelineOfPod("{restartPolicy: Never, containers: [" + container + "]}");
        pipeline.withObject("/spec").put("schedule", "0 1 * * *").setAll(Yaml.object(spec));
        return pipeline;
    }

    /** The rules that deny; null where none does. */
    private static @Nullable String denials(ObjectNode before, ObjectNode after) throws Exception {
        Reviewer reviewer = Reviewer.of(PipelinePolicy.read(Yaml.object(
                "{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: test}, spec: {rules: "
                        + RULES + "}}")));
        Verdict verdict = reviewer.validate(
                new Review(after, before, "ml", new Review.Request(""), Instant.parse("2026-03-01T12:00:00Z")));
        String rules = verdict.findings(Action.DENY).stream()
                .map(Finding::rule)
                .distinct()
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? null : rules;
    }
}

package dev.penstock.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.Action;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyFile;
import dev.penstock.policy.PolicyProblem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @Test
    void areThoseOfTheBuiltInPolicy() {
        assertThat(PolicyFile.builtIn().rules().keySet()).containsExactlyInAnyOrderElementsOf(Rules.ids());
        assertThat(Rules.ids()).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an unknown rule              | {imageTags: {action: Deny}}             | spec.rules.imageTags
        a rule in another case       | {ImageTag: {action: Deny}}              | spec.rules.ImageTag
        an unknown action            | {imageTag: {action: Refuse}}            | spec.rules.imageTag.action
        an action in another case    | {imageTag: {action: deny}}              | spec.rules.imageTag.action
        an action that YAML misreads | {imageTag: {action: off}}               | spec.rules.imageTag.action
        an unknown parameter         | {imageTag: {forbidden: [a]}}            | spec.rules.imageTag.forbidden
        a parameter of another rule  | {schedule: {forbid: [a]}}               | spec.rules.schedule.forbid
        a parameter of a rule that has none | {labelRemoved: {require: true}}  | spec.rules.labelRemoved.require
        a text for a list            | {imageTag: {forbid: latest}}            | spec.rules.imageTag.forbid
        a text for a flag            | {timeZone: {require: 'yes'}}            | spec.rules.timeZone.require
        a number for a flag          | {arguments: {require: 1}}               | spec.rules.arguments.require
        no regular expression        | {name: {pattern: '['}}                  | spec.rules.name.pattern
        a list for a pattern         | {name: {pattern: [a]}}                  | spec.rules.name.pattern
        a look-ahead, which RE2 has not | {name: {pattern: '(?=a)b'}}        | spec.rules.name.pattern
        a choice that there is not   | {restartPolicy: {allow: [Always]}}      | spec.rules.restartPolicy.allow
        a choice of nothing          | {concurrency: {allow: []}}              | spec.rules.concurrency.allow
        no duration                  | {schedule: {minInterval: 1h30m}}        | spec.rules.schedule.minInterval
        a number for a duration      | {deadline: {max: 3600}}                 | spec.rules.deadline.max
        a fraction for a number      | {retries: {max: 1.5}}                   | spec.rules.retries.max
        a number below zero          | {retries: {max: -1}}                    | spec.rules.retries.max
        a text for a number          | {retries: {max: '3'}}                   | spec.rules.retries.max
        a prefix without a registry  | {imageRegistry: {allow: [team/]}}       | spec.rules.imageRegistry.allow
        a regular expression for tags | {imageTag: {forbid: ['^dev-.*$']}} | spec.rules.imageTag.forbid
        a wildcard of a shell's      | {imageTag: {forbid: [latest, 'dev-?*']}} | spec.rules.imageTag.forbid
        a tag with its colon         | {imageTag: {forbid: [':dev-42']}}       | spec.rules.imageTag.forbid
        no tag at all                | {imageTag: {forbid: ['']}}              | spec.rules.imageTag.forbid
        a regular expression for allowed tags | {imageTag: {allow: ['dev-[0-9]+']}} | spec.rules.imageTag.allow
        no allowed tag               | {imageTag: {allow: []}}                 | spec.rules.imageTag.allow
        an allowed tag that is forbidden by default | {imageTag: {allow: [latest]}} | spec.rules.imageTag.allow
        allowed globs within a forbidden one | {imageTag: {allow: ['1.*', 'v*-rc'], forbid: ['*']}} | spec.rules.imageTag.allow
        each within another            | {imageTag: {allow: ['v1.*', dev-1], forbid: ['v*', 'dev-*']}} | spec.rules.imageTag.allow
        allowed tags that are all forbidden | {imageTag: {allow: [dev-1, latest], forbid: [latest, 'dev-*']}} | spec.rules.imageTag.allow
        its repeats for tasks          | {arguments: {allowedTasks: [train, 'eval.*']}} | spec.rules.arguments.allowedTasks
        a regular expression for tasks | {arguments: {allowedTasks: ['eval-[a-z]+']}} | spec.rules.arguments.allowedTasks
        a registry that images call otherwise | {imageRegistry: {allow: [index.docker.io/library/]}} | spec.rules.imageRegistry.allow
        a prefix with a star         | {imageRegistry: {allow: ['registry.example.com/*']}} | spec.rules.imageRegistry.allow
        any host of a domain         | {imageRegistry: {allow: ['*.example.com/']}}   | spec.rules.imageRegistry.allow
        a prefix with a scheme       | {imageRegistry: {allow: ['https://registry.example.com/']}} | spec.rules.imageRegistry.allow
        a prefix with a tag          | {imageRegistry: {allow: ['registry.example.com/churn:dev-42']}} | spec.rules.imageRegistry.allow
        a prefix with a digest       | {imageRegistry: {allow: ['registry.example.com/churn@sha256:0']}} | spec.rules.imageRegistry.allow
        an empty prefix              | {imageRegistry: {allow: ['']}}          | spec.rules.imageRegistry.allow
        no prefix at all             | {imageRegistry: {allow: []}}            | spec.rules.imageRegistry.allow
        no allowed task              | {arguments: {allowedTasks: []}}         | spec.rules.arguments.allowedTasks
        no pattern for a label       | {labels: {require: {a: '('}}}           | spec.rules.labels.require.a
        nothing for a label          | {labels: {require: {a: null}}}          | spec.rules.labels.require.a
        a list for labels            | {labels: {require: [a]}}                | spec.rules.labels.require
        no quantity                  | {resources: {max: {memory: 16GB}}}      | spec.rules.resources.max.memory
        a list for quantities        | {resources: {min: [1Gi]}}               | spec.rules.resources.min
        more than at most            | {resources: {min: {cpu: 2}, max: {cpu: 1}}} | spec.rules.resources.min.cpu
        no limit or request          | {resources: {require: [memory]}}        | spec.rules.resources.require
        a limit of nothing           | {resources: {require: [limits.]}}       | spec.rules.resources.require
        a resource that is misspelt  | {resources: {require: [limits.memmory]}} | spec.rules.resources.require
        a resource in another case   | {resources: {require: [limits.Memory]}} | spec.rules.resources.require
        a resource without its domain | {resources: {require: [limits.gpu]}}   | spec.rules.resources.require
        one of a quota               | {resources: {require: [limits.requests.nvidia.com/gpu]}} | spec.rules.resources.require
        a bound of what is none      | {resources: {max: {gpu: 2}}}            | spec.rules.resources.max.gpu
        an accelerator that is none  | {resources: {accelerators: [gpu]}}      | spec.rules.resources.accelerators
        less than nothing            | {resources: {max: {memory: -1Gi}}}      | spec.rules.resources.max.memory
        no label                     | {labels: {require: {'team!': x}}}       | spec.rules.labels.require.team!
        no annotation                | {labels: {requireAnnotations: {'a b': x}}} | spec.rules.labels.requireAnnotations.a b
        what is ignored, all the same | {imageTag: {action: Ignore, foo: 1}}   | spec.rules.imageTag.foo
        """)
    void nameWhatTheyDoNotUnderstand(String story, String rules, String path) {
        assertThat(problems(rules)).extracting(PolicyProblem::path).containsOnly(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {imageRegistry: {allow: ['']}}  | spec.rules.imageRegistry.allow: must list beginnings of full names such as registry.example.com/team or docker.io/library/, without scheme, tag, digest and *, and not ""
        {resources: {require: ['']}}    | spec.rules.resources.require: must list limits and requests such as limits.memory, and not ""
        """)
    void showAnEmptyTextInAList(String rules, String problem) {
        assertThat(problems(rules)).extracting(PolicyProblem::toString).containsExactly(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        all resources of containers  | {resources: {require: [limits.memory, requests.ephemeral-storage, limits.hugepages-2Mi], max: {cpu: 0, nvidia.com/gpu: 2}}}
        keys with a domain           | {labels: {require: {example.com/team: x}, requireAnnotations: {Example.com/Team: x}}}
        tags of all characters       | {imageTag: {forbid: [latest, 'Dev_*', '*-dev'], allow: ['1.*-rc']}}
        allowed tags beside a forbidden one | {imageTag: {allow: [latest, stable]}}
        an allowed tag where none is forbidden | {imageTag: {allow: [latest], forbid: []}}
        globs of which some are forbidden | {imageTag: {allow: ['v*'], forbid: ['v1*']}}
        registries with ports        | {imageRegistry: {allow: ['registry.example.com:5000', 'localhost:5000/', 'localhost/team', '[::1]:5000/team/']}}
        registries of all spellings  | {imageRegistry: {allow: [docker.io, docker.io/library/, docker.io/team, Registry/team/churn]}}
        tasks of many characters     | {arguments: {allowedTasks: [train, 'eval-*', 'a/b:c_d.E 1', train+eval, 'pkg.mod:main()']}}
        """)
    void understandWhatCanMatch(String story, String rules) {
        assertThatCode(() -> RuleRun.under("{rules: " + rules + "}")).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a profile's own mistake      | {profiles: {gpu: {rules: {imageTag: {foo: 1}}}}}                       | spec.profiles.gpu.rules.imageTag.foo
        a profile's own rule         | {profiles: {gpu: {rules: {gpu: {}}}}}                                  | spec.profiles.gpu.rules.gpu
        what a profile forbids of what is allowed | {rules: {imageTag: {allow: [v1]}}, profiles: {gpu: {rules: {imageTag: {forbid: [v1]}}}}} | spec.profiles.gpu.rules.imageTag.allow
        what a profile inherits      | {rules: {imageTag: {foo: 1}}, profiles: {gpu: {rules: {imageTag: {forbid: [a]}}}}} | spec.rules.imageTag.foo
        an exemption from no rule    | {exemptions: [{rules: [imageTag, imageTags], reason: x}]}              | spec.exemptions[0].rules
        """)
    void nameItWhereItIsSaid(String story, String spec, String path) {
        assertThat(problemsOf(spec)).extracting(PolicyProblem::path).containsExactly(path);
    }

    @Test
    void nameOnlySoManyOfAnExemptionsRules() {
        String rules = IntStream.range(0, 1_000).mapToObj(i -> "r" + i).collect(joining(", "));
        assertThat(problemsOf("{exemptions: [{rules: [" + rules + "], reason: x}]}"))
                .hasSize(PolicyProblem.MOST);
    }

    @Test
    void boundTheRegularExpressionsOfAPolicyTogether() {
        String labels = IntStream.range(0, 12)
                .mapToObj(i -> "l%d: '(a{999}%d){9}'".formatted(i, i))
                .collect(joining(", "));
        assertThat(problems("{labels: {require: {" + labels + "}}}"))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "spec.rules.labels.require.l11: must be a regular expression: with those before it in this policy,"
                                + " their repeats written out, it is longer than 100000 characters: shorten them");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "2000, false"})
    void takeWhatProfilesTakeOverForLittleMore(int profiles, boolean usable) {
        String labels = IntStream.range(0, 60)
                .mapToObj(i -> "l" + i + ": 'a{1000}" + i + "'")
                .collect(joining(", "));
        String refined = IntStream.range(0, profiles)
                .mapToObj(i -> "p" + i + ": {rules: {labels: {action: Warn}}}")
                .collect(joining(", "));
        String spec = "{rules: {labels: {require: {" + labels + "}}}, profiles: {" + refined + "}}";
        if (usable) {
            assertThatCode(() -> RuleRun.under(spec)).doesNotThrowAnyException();
        } else {
            assertThat(problemsOf(spec)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "00015m", "9999999999h"})
    void sayWhatADurationIsBoundBy(String duration) {
        assertThat(problems("{schedule: {minInterval: " + duration + "}}"))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "spec.rules.schedule.minInterval: must be a duration such as 90s, 15m or 4h: a number from 1 to"
                                + " 999999999, without zeros in front, and s, m or h");
    }

    @Test
    void nameAllThatTheyDoNotUnderstand() {
        assertThat(problems("{a: {action: Deny}, imageTag: {y: 1}, name: {pattern: '('}}"))
                .extracting(PolicyProblem::path)
                .containsExactly("spec.rules.a", "spec.rules.imageTag.y", "spec.rules.name.pattern");
    }

    @Test
    void findEverythingAtOnce() throws Exception {
        assertThat(check("{}"))
                .extracting(Finding::rule)
                .containsExactly(
                        "profile",
                        "name",
                        "schedule",
                        "timeZone",
                        "missedRuns",
                        "restartPolicy",
                        "containerName",
                        "imageTag",
                        "imagePullPolicy",
                        "arguments",
                        "resources",
                        "credentials");
    }

    @Test
    void doNotCheckWhatIsIgnored() throws Exception {
        assertThat(check("{schedule: {action: Ignore}, imageTag: {action: Ignore}}"))
                .extracting(Finding::rule)
                .isNotEmpty()
                .doesNotContain("schedule", "imageTag");
    }

    @Test
    void giveTheirFindingsTheirAction() throws Exception {
        assertThat(check("{schedule: {action: Audit}}"))
                .filteredOn(finding -> finding.rule().equals("schedule"))
                .extracting(Finding::action)
                .containsExactly(Action.AUDIT);
    }

    private static List<Finding> check(String rules) throws InvalidPolicyException {
        ObjectNode wrong = Yaml.pipelineOfPod(
                "{restartPolicy: Always, containers: [{name: a, image: 'a:latest', imagePullPolicy: Never}, "
                        + "{env: [{name: PASSWORD, value: x}], resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]}");
        wrong.withObject("/metadata").put("name", "x".repeat(53));
        wrong.withObject("/metadata/labels").put("penstock.dev/pipeline", "x");
        wrong.withObject("/spec").put("schedule", "x").put("timeZone", "x").put("startingDeadlineSeconds", 1);
        return RuleRun.under("{rules: " + rules + "}").check(wrong);
    }

    private static List<PolicyProblem> problems(String rules) {
        return problemsOf("{rules: " + rules + "}");
    }

    private static List<PolicyProblem> problemsOf(String spec) {
        return catchThrowableOfType(InvalidPolicyException.class, () -> RuleRun.under(spec))
                .problems();
    }
}

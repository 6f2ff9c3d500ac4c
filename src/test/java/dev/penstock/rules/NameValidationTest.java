package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameValidationTest {
    private static final String OF_52 = "x".repeat(52);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        52 characters                       | {}               | {name: OF_52}                         | -
        53 characters                       | {}               | {name: OF_52x}                        | early TOO_LONG metadata.name
        as long as all with what is added   | {}               | {generateName: OF_47}                 | -
        too long with what is added         | {}               | {generateName: OF_47x}                | early TOO_LONG metadata.generateName
        a name that was generated           | {}               | {generateName: OF_47, name: OF_52}    | -
        no name yet                         | {}               | {}                                    | -
        like the pattern                    | {pattern: 'a-.*'} | {name: a-b}                          | -
        not like the pattern                | {pattern: 'a-.*'} | {name: b}                            | INVALID metadata.name
        like the pattern in part            | {pattern: 'a'}   | {name: abc}                           | INVALID metadata.name
        a name that is still to be generated | {pattern: 'a-.*'} | {generateName: b-}                  | -
        one that was generated              | {pattern: 'a-.*'} | {name: b-x2k9z, generateName: b-}    | -
        one that was not                    | {pattern: 'a-.*'} | {name: b-train, generateName: b-}    | INVALID metadata.name
        another than would be generated     | {pattern: 'a-.*'} | {name: c-x2k9z, generateName: b-}    | INVALID metadata.name
        a longer one                        | {pattern: 'a-.*'} | {name: b-x2k9zz, generateName: b-}   | INVALID metadata.name
        too long, whatever the pattern      | {pattern: 'a-.*'} | {name: OF_52x}                       | early TOO_LONG metadata.name
        """)
    void checksTheName(String story, String parameters, String metadata, String findings) throws Exception {
        String written = metadata.replace("OF_52", OF_52).replace("OF_47", OF_52.substring(5));
        assertThat(RuleRun.findings("name", parameters, Yaml.object("{metadata: " + written + "}")))
                .isEqualTo(findings);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        as long as all with the last index | {completionMode: Indexed, completions: 12}  | {name: OF_51}               | -
        longer                             | {completionMode: Indexed, completions: 12}  | {name: OF_52}               | TOO_LONG metadata.name
        fewer indexes                      | {completionMode: Indexed, completions: 10}  | {name: OF_52}               | -
        more indexes                       | {completionMode: Indexed, completions: 101} | {name: OF_51}               | TOO_LONG metadata.name
        still to be generated              | {completionMode: Indexed, completions: 101} | {generateName: OF_46}       | TOO_LONG metadata.generateName
        a dot                              | {completionMode: Indexed, completions: 1}   | {name: churn.v2}            | INVALID metadata.name
        a dot of a prefix                  | {completionMode: Indexed, completions: 1}   | {generateName: churn.v2-}   | INVALID metadata.generateName
        too long in any case               | {completionMode: Indexed, completions: 12}  | {name: OF_52x}              | early TOO_LONG metadata.name
        not indexed                        | {completionMode: NonIndexed, completions: 12} | {name: OF_52}             | -
        no mode                            | {completions: 12}                           | {name: churn.v2}            | -
        no index                           | {completionMode: Indexed, completions: 0}   | {name: churn.v2}            | -
        no completions                     | {completionMode: Indexed}                   | {name: churn.v2}            | -
        """)
    void checksTheNamesOfIndexedPods(String story, String job, String metadata, String findings) throws Exception {
        String written = metadata.replace("OF_52", OF_52)
                .replace("OF_51", OF_52.substring(1))
                .replace("OF_46", OF_52.substring(6));
        assertThat(RuleRun.findings(
                        "name",
                        "{}",
                        Yaml.object("{metadata: " + written + ", spec: {jobTemplate: {spec: " + job + "}}}")))
                .isEqualTo(findings);
    }

    @Test
    void tellsOfThePatternToo() throws Exception {
        assertThat(RuleRun.findings(
                        "name",
                        "{pattern: '[a-z]+'}",
                        Yaml.object("{metadata: {name: churn.v2},"
                                + " spec: {jobTemplate: {spec: {completionMode: Indexed, completions: 12}}}}")))
                .isEqualTo("INVALID metadata.name, INVALID metadata.name");
    }
}

package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.manifest.Yaml;
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
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.manifest.Yaml;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        left out                        | null                                                     | {a: b}         | true
        empty                           | {}                                                       | {}             | true
        a label                         | {matchLabels: {a: b}}                                    | {a: b, c: d}   | true
        another value                   | {matchLabels: {a: b}}                                    | {a: c}         | false
        no such label                   | {matchLabels: {a: b}}                                    | {c: b}         | false
        all of several                  | {matchLabels: {a: b, c: d}}                              | {a: b, c: d}   | true
        one of several                  | {matchLabels: {a: b, c: d}}                              | {a: b}         | false
        an empty value                  | {matchLabels: {a: ''}}                                   | {a: ''}        | true
        In                              | {matchExpressions: [{key: a, operator: In, values: [b, c]}]}    | {a: c}  | true
        In, another                     | {matchExpressions: [{key: a, operator: In, values: [b, c]}]}    | {a: d}  | false
        In, none                        | {matchExpressions: [{key: a, operator: In, values: [b, c]}]}    | {}      | false
        NotIn                           | {matchExpressions: [{key: a, operator: NotIn, values: [b, c]}]} | {a: c}  | false
        NotIn, another                  | {matchExpressions: [{key: a, operator: NotIn, values: [b, c]}]} | {a: d}  | true
        NotIn, none                     | {matchExpressions: [{key: a, operator: NotIn, values: [b, c]}]} | {}      | true
        Exists                          | {matchExpressions: [{key: a, operator: Exists}]}         | {a: ''}        | true
        Exists, not                     | {matchExpressions: [{key: a, operator: Exists, values: []}]} | {b: a}     | false
        DoesNotExist                    | {matchExpressions: [{key: a, operator: DoesNotExist}]}   | {b: a}         | true
        DoesNotExist, but does          | {matchExpressions: [{key: a, operator: DoesNotExist}]}   | {a: ''}        | false
        both kinds                      | {matchLabels: {a: b}, matchExpressions: [{key: c, operator: Exists}]} | {a: b} | false
        the name                        | {matchLabels: {kubernetes.io/metadata.name: ml}}         | {kubernetes.io/metadata.name: ml} | true
        """)
    void selectsAsKubernetesDoes(String story, String selector, String labels, boolean selected) throws Exception {
        PipelinePolicy policy = Documents.policy("test", "{namespaceSelector: " + selector + "}");
        Map<String, String> map = new ObjectMapper().convertValue(Yaml.tree(labels), new TypeReference<>() {});
        assertThat(policy.namespaceSelector().matches(map)).isEqualTo(selected);
    }
}

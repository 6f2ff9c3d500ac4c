package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a name             | {metadata: {name: churn}}                         | churn   | churn
        one to be given    | {metadata: {generateName: churn-}}                | churn-  | churn-
        one that was given | {metadata: {name: churn-x7, generateName: churn-}} | churn-x7 | churn-
        an empty name      | {metadata: {name: '', generateName: churn-}}      | churn-  | churn-
        an empty prefix    | {metadata: {name: churn, generateName: ''}}       | churn   | churn
        a name of null     | {metadata: {name: null, generateName: churn-}}    | churn-  | churn-
        a prefix of null   | {metadata: {name: churn, generateName: null}}     | churn   | churn
        neither            | {metadata: {}}                                    | ''      | ''
        no metadata        | {}                                                | ''      | ''
        """)
    void isTheNameOrWhatItBeginsWith(String story, String object, String shown, String stable) {
        JsonNode tree = Yaml.tree(object);
        ObjectName name = ObjectName.of(tree);
        assertThat(name.shown()).isEqualTo(shown);
        assertThat(name.stable()).isEqualTo(stable);
        assertThat(ObjectName.of(Field.of(tree))).isEqualTo(name);
    }

    @Test
    void isATextWhereAnObjectIsReviewed() {
        JsonNode object = Yaml.tree("{metadata: {name: 5}}");
        assertThat(ObjectName.of(object).shown()).isEqualTo("5");
        assertThatThrownBy(() -> ObjectName.of(Field.of(object))).isInstanceOf(WrongTypeException.class);
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesNamesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a      | true  | true  | true  | true
        a-b9   | true  | true  | true  | true
        a.b    | false | true  | true  | true
        a..b   | false | false | true  | true
        a.-b   | false | false | true  | true
        A_b    | false | false | true  | true
        -a     | false | false | false | false
        a-     | false | false | false | false
        a.b/x  | false | false | true  | false
        a..b/x | false | false | false | false
        a-.b/x | false | false | false | false
        a_b/x  | false | false | false | false
        a/     | false | false | false | false
        /x     | false | false | false | false
        a/b/c  | false | false | false | false
        ''     | false | false | false | true
        """)
    void areAsKubernetesHasThem(String name, boolean label, boolean subdomain, boolean key, boolean value) {
        assertThat(KubernetesNames.isDnsLabel(name)).isEqualTo(label);
        assertThat(KubernetesNames.isDnsSubdomain(name)).isEqualTo(subdomain);
        assertThat(KubernetesNames.isLabelKey(name)).isEqualTo(key);
        assertThat(KubernetesNames.isLabelValue(name)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cpu                     | true
        memory                  | true
        ephemeral-storage       | true
        hugepages-2Mi           | true
        nvidia.com/gpu          | true
        nvidia/gpu              | true
        Memory                  | false
        memmory                 | false
        gpu                     | false
        pods                    | false
        storage                 | false
        hugepages-2 Mi          | false
        nvidia.com/             | false
        requests.nvidia.com/gpu | false
        """)
    void areThoseOfContainersResources(String name, boolean resource) {
        assertThat(KubernetesNames.isContainerResource(name)).isEqualTo(resource);
    }

    @Test
    void endSomewhere() {
        assertThat(KubernetesNames.isDnsLabel("a".repeat(63))).isTrue();
        assertThat(KubernetesNames.isDnsLabel("a".repeat(64))).isFalse();
        assertThat(KubernetesNames.isDnsSubdomain("a".repeat(253))).isTrue();
        assertThat(KubernetesNames.isDnsSubdomain("a".repeat(254))).isFalse();
        assertThat(KubernetesNames.isLabelKey("a".repeat(253) + "/" + "A".repeat(63)))
                .isTrue();
        assertThat(KubernetesNames.isLabelKey("A".repeat(64))).isFalse();
        assertThat(KubernetesNames.isLabelKey("A.b/c")).isFalse();
        assertThat(KubernetesNames.isAnnotationKey("A.b/c")).isTrue();
        assertThat(KubernetesNames.isLabelValue("A".repeat(64))).isFalse();
    }
}

package dev.penstock.crd;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Generates the custom resources' definitions. */
final class CustomResources {
    private static final String HEAD =
            "# Generated from the types of dev.penstock.crd by ./mvnw test -Dtest=CustomResourcesTest -Dcrds.write=true\n";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES, YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private CustomResources() {}

    /** The definition as YAML. */
    static String definition(Resource resource) {
        // The actions are spelt as their toString says.
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .build();
        ByteArrayOutputStream yaml = new ByteArrayOutputStream();
        new CRDGenerator()
                .withObjectMapper(mapper, new KubernetesSerialization(mapper, false))
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        return Shape.complete((CustomResourceDefinition) crd, resource);
                    }
                })
                .withOutput(new CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream>() {
                    @Override
                    protected ByteArrayOutputStream createStreamFor(String name) {
                        return yaml;
                    }
                })
                .customResources(resource.info())
                .generate();
        return readable(yaml.toByteArray());
    }

    /** The generator quotes every string, and breaks lines at 80. */
    private static String readable(byte[] yaml) {
        try {
            return HEAD + YAML.writeValueAsString(YAML.readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

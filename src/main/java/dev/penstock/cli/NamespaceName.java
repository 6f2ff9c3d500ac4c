package dev.penstock.cli;

import dev.penstock.policy.KubernetesNames;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a namespace, as an option gives it: not the empty one that a variable leaves which a script never set. */
final class NamespaceName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("is empty");
        }
        if (!KubernetesNames.isDnsLabel(text)) {
            throw new TypeConversionException(
                    "no namespace is called '" + text + "': " + KubernetesNames.DNS_LABEL_FORM);
        }
        return text;
    }
}

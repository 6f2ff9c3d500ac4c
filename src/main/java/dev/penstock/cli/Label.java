package dev.penstock.cli;

import dev.penstock.policy.LabelSelector;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A label, as an option gives it. */
record Label(String key, String value) {
    /** Reads {@code KEY=VALUE}; the value may be empty. */
    static final class Converter implements ITypeConverter<Label> {
        @Override
        public Label convert(String text) {
            String[] parts = text.split("=", 2);
            if (parts.length < 2 || !LabelSelector.isLabel(parts[0], parts[1])) {
                throw new TypeConversionException(
                        "must be a label such as platform.example.com/kind=science, but is '" + text + "'");
            }
            return new Label(parts[0], parts[1]);
        }
    }
}

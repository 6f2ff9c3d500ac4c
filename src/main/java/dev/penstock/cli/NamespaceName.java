package dev.penstock.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a namespace, as an option gives it: not the empty one that a variable leaves which a script never set. */
final class NamespaceName implements ITypeConverter<String> {
    // apimachinery, util/validation: IsDNS1123Label.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Override
    public String convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("is empty");
        }
        if (!NAME.matcher(text).matches()) {
            throw new TypeConversionException(
                    "no namespace is called '" + text + "': lower-case letters, digits and -, at most 63");
        }
        return text;
    }
}

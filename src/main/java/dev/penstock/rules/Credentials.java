package dev.penstock.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.FieldPath;
import java.util.Optional;

/** Where containers may hold credentials in clear: their environment variables, arguments and commands. */
public final class Credentials {
    private Credentials() {}

    /** What the variable of this name holds. */
    static Optional<Credential> inVariable(String name, String value) {
        return SecretName.of(name).flatMap(secret -> secret.credential(value)).or(() -> Credential.in(value));
    }

    /**
     * What the argument holds, or the word of a command.
     *
     * @param before the one before; empty where it is the first
     */
    static Optional<Credential> inArgument(String before, String argument) {
        Optional<SecretName> name = isFlag(before) ? SecretName.of(before) : Optional.empty();
        return name.flatMap(secret -> secret.credential(argument)).or(() -> Credential.in(argument));
    }

    /** What a field holds that is no place of credentials, so that nobody shows it by another rule. */
    static Optional<Credential> inField(FieldPath path, JsonNode value) {
        return value.isTextual() ? inVariable(path.name(), value.textValue()) : Optional.empty();
    }

    /** Whether its value is the next argument. */
    private static boolean isFlag(String argument) {
        return argument.startsWith("-") && argument.indexOf('=') < 0 && argument.indexOf(' ') < 0;
    }

    /** Whether a value at this path holds one, so that it is not to be shown: an argument or all of them, a variable or its value. */
    public static boolean areIn(FieldPath path, JsonNode value) {
        if (value.isArray()) {
            String before = "";
            for (JsonNode argument : value) {
                if (inArgument(before, argument.asText()).isPresent()) {
                    return true;
                }
                before = argument.asText();
            }
            return false;
        }
        return value.isObject()
                ? inVariable(value.path("name").asText(), value.path("value").asText())
                        .isPresent()
                : inVariable(path.parent().name(), value.asText()).isPresent();
    }
}

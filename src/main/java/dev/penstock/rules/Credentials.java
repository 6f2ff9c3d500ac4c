package dev.penstock.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where containers may hold credentials in clear: their environment variables, arguments and commands. */
public final class Credentials {
    private Credentials() {}

    /** What the variable of this name holds. */
    static Optional<Credential> inVariable(String name, String value) {
        return SecretName.of(name).flatMap(secret -> secret.credential(value)).or(() -> Credential.in(value));
    }

    /** What each of the arguments holds, or of the command's words. */
    static List<Optional<Credential>> inArguments(List<String> arguments) {
        List<Optional<Credential>> all = new ArrayList<>(arguments.size());
        Optional<SecretName> before = Optional.empty();
        for (String argument : arguments) {
            all.add(before.flatMap(name -> name.credential(argument)).or(() -> Credential.in(argument)));
            before = isFlag(argument) ? SecretName.of(argument) : Optional.empty();
        }
        return all;
    }

    /** Whether its value is the next argument. */
    private static boolean isFlag(String argument) {
        return argument.startsWith("-") && argument.indexOf('=') < 0 && argument.indexOf(' ') < 0;
    }

    /** Whether a value at this path holds one, so that it is not to be shown: an argument or all of them, a variable or its value. */
    public static boolean areIn(FieldPath path, JsonNode value) {
        if (value.isArray()) {
            List<String> arguments = new ArrayList<>(value.size());
            value.forEach(argument -> arguments.add(argument.asText()));
            return inArguments(arguments).stream().anyMatch(Optional::isPresent);
        }
        return value.isObject()
                ? inVariable(value.path("name").asText(), value.path("value").asText())
                        .isPresent()
                : inVariable(path.parent().name(), value.asText()).isPresent();
    }
}

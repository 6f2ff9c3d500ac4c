package dev.penstock.rules;

import dev.penstock.manifest.Field;
import java.util.List;

/**
 * {@code credentials}: no environment variable, argument or command holds what looks like a secret in clear, where everybody
 * who may read the CronJob reads it. A finding never shows it.
 *
 * <p>References are fine: {@code valueFrom}, {@code $(VAR)}, the path of a file.
 */
final class CredentialsValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        for (Field container : pipeline.containers()) {
            for (Field variable : container.at("env").elements()) {
                checkVariable(variable, findings);
            }
            checkArguments(container.at("command").elements(), findings);
            checkArguments(container.at("args").elements(), findings);
        }
    }

    private static void checkVariable(Field variable, Findings findings) {
        Field field = variable.at("value");
        String value = field.asText().orElse("");
        if (!value.isEmpty()) {
            Credentials.inVariable(variable.at("name").asText().orElse(""), value)
                    .ifPresent(credential -> report(field, credential, "take it from a Secret by valueFrom", findings));
        }
    }

    private static void checkArguments(List<? extends Field> arguments, Findings findings) {
        String before = "";
        for (Field field : arguments) {
            String argument = field.asText().orElse("");
            Credentials.inArgument(before, argument)
                    .ifPresent(credential ->
                            report(field, credential, "pass it as $(VAR), with env from a Secret", findings));
            before = argument;
        }
    }

    private static void report(Field field, Credential credential, String instead, Findings findings) {
        findings.secret(field, credential, "looks like " + credential.kind() + ": " + instead);
    }
}

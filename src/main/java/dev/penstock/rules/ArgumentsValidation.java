package dev.penstock.rules;

import dev.penstock.policy.PolicyNode;

/** {@code arguments}: the main container is told what to run. */
final class ArgumentsValidation implements Validation {
    private final boolean require;

    ArgumentsValidation(PolicyNode parameters) {
        parameters.only("action", "require");
        require = parameters.at("require").flag(true);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        if (require) {
            pipeline.mainContainer()
                    .filter(container -> container.at("args").elements().isEmpty()
                            && container.at("command").elements().isEmpty())
                    .map(container -> container.at("args"))
                    .ifPresent(args -> findings.required(args, "say what to run, in args or command"));
        }
    }
}

package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.Glob;
import dev.penstock.policy.PolicyNode;
import java.util.List;
import java.util.Optional;

/**
 * {@code arguments}: the main container is told what to run, each task that arguments name is an allowed one, and there are
 * not too many steps.
 *
 * <p>Arguments name a task where those of the policy do; others run something of the author's own, of which nothing is
 * known.
 */
final class ArgumentsValidation implements Validation {
    private static final long MAX_TASKS = 20;

    private final boolean require;
    private final List<Glob> allowedTasks; // any where it is empty
    private final long maxTasks;

    ArgumentsValidation(PolicyNode parameters) {
        parameters.only("action", "require", "allowedTasks", "maxTasks");
        require = parameters.at("require").flag(true);
        allowedTasks = Glob.of(parameters.at("allowedTasks").someTexts());
        maxTasks = parameters.at("maxTasks").count().orElse(MAX_TASKS);
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
        if (!allowedTasks.isEmpty()) {
            pipeline.policy()
                    .arguments()
                    .flatMap(arguments -> TaskArgument.of(arguments.texts()))
                    .ifPresent(argument -> checkTasks(argument, pipeline, findings));
        }
        checkSteps(pipeline.cronJob().at("metadata", "annotations", PipelineLabel.TASKS), findings);
    }

    private void checkTasks(TaskArgument argument, Pipeline pipeline, Findings findings) {
        Field annotation = pipeline.cronJob().at("metadata", "annotations", PipelineLabel.TASK);
        Optional<String> annotated = annotation.asText().map(String::strip);
        for (Field container : pipeline.containers()) {
            argument.find(container.at("args").elements(), (field, task) -> {
                if (allowedTasks.stream().noneMatch(glob -> glob.matches(task))) {
                    // The annotation is what the author wrote, and the argument was made from it.
                    Field written = annotated.equals(Optional.of(task)) ? annotation : field;
                    findings.invalid(written, "allowed tasks: " + Glob.list(allowedTasks));
                }
            });
        }
    }

    private void checkSteps(Field annotation, Findings findings) {
        annotation
                .asText()
                .filter(tasks -> 1 + tasks.chars().filter(c -> c == ',').count() > maxTasks)
                .ifPresent(tasks -> findings.invalid(annotation, "more than " + maxTasks + " steps"));
    }
}

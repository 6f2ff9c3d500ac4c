package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.Field;
import dev.penstock.policy.Glob;
import dev.penstock.policy.PolicyNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code arguments}: the main container, or each step, is told what to run; each task that arguments name is an allowed one,
 * and so is each step's; there are not too many steps, and not one task beside them.
 *
 * <p>Arguments name a task where those of the policy do; others run something of the author's own, of which nothing is
 * known.
 */
final class ArgumentsValidation implements Validation {
    private final boolean require;
    private final List<Glob> allowedTasks; // any where it is empty
    private final long maxTasks;

    ArgumentsValidation(PolicyNode parameters) {
        parameters.only("action", "require", "allowedTasks", "maxTasks");
        require = parameters.at("require").flag(false);
        PolicyNode tasks = parameters.at("allowedTasks");
        allowedTasks = Glob.read(tasks, tasks.someTexts(), Glob.Kind.TASK);
        maxTasks = parameters.at("maxTasks").count().orElse(Steps.MOST);
        if (maxTasks > Steps.MOST) {
            parameters.at("maxTasks").problem("must be at most " + Steps.MOST);
        }
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        // Whose a container is costs more to tell than that all of them say what to run.
        if (require && pipeline.containers().stream().anyMatch(ArgumentsValidation::isSilent)) {
            running(pipeline)
                    .filter(ArgumentsValidation::isSilent)
                    .map(container -> container.at("args"))
                    .forEach(args -> findings.required(args, "say what to run, in args or command"));
        }
        if (!allowedTasks.isEmpty()) {
            checkTasks(pipeline, findings);
        }
        checkSteps(pipeline, findings.denial());
    }

    /** The containers that the policy's arguments are for: the steps, or the main container. */
    private static Stream<? extends Field> running(Pipeline pipeline) {
        List<Field> steps = pipeline.stepContainers();
        return steps.isEmpty() ? pipeline.mainContainer().stream() : steps.stream();
    }

    private static boolean isSilent(Field container) {
        return container.at("args").elements().isEmpty()
                && container.at("command").elements().isEmpty();
    }

    private void checkTasks(Pipeline pipeline, Findings findings) {
        Field annotation = pipeline.steps().annotation();
        List<String> steps = pipeline.stepContainers().stream()
                .map(container -> container.path().name())
                .toList();
        steps.stream()
                .filter(task -> !isAllowed(task))
                .forEach(task -> findings.invalid(annotation, TextNode.valueOf(task), allowed()));
        pipeline.policy()
                .arguments()
                .flatMap(arguments -> TaskArgument.of(arguments.texts()))
                .ifPresent(argument -> checkArguments(argument, steps, pipeline, findings));
    }

    /** @param steps of which all is said */
    private void checkArguments(TaskArgument argument, List<String> steps, Pipeline pipeline, Findings findings) {
        Field annotation = pipeline.annotation(PipelineLabel.TASK);
        Optional<String> annotated = annotation.asText().map(String::strip);
        Stream<? extends Field> containers = argument.isFirst()
                ? running(pipeline)
                        .filter(container -> container.at("command").elements().isEmpty())
                : pipeline.containers().stream();
        containers.forEach(container -> {
            argument.find(container.at("args").elements(), (field, task) -> {
                if (!isAllowed(task) && !steps.contains(task)) {
                    // The annotation is what the author wrote, and the argument was made from it.
                    Field written = annotated.equals(Optional.of(task)) ? annotation : field;
                    boolean isDefault = written.equals(field)
                            && task.equals(pipeline.policy().task());
                    if (isDefault) {
                        findings.from(pipeline.policy().taskReason())
                                .invalid(field, allowed() + "; name one in " + PipelineLabel.TASK + ", without args");
                    } else {
                        findings.invalid(written, allowed());
                    }
                }
            });
        });
    }

    private boolean isAllowed(String task) {
        return Glob.anyMatches(allowedTasks, task);
    }

    private String allowed() {
        return "allowed tasks: " + Glob.list(allowedTasks);
    }

    private void checkSteps(Pipeline pipeline, Findings findings) {
        Steps steps = pipeline.steps();
        if (steps.tasks().size() > maxTasks) {
            findings.invalid(steps.annotation(), "a pipeline may have " + maxTasks + " steps: name fewer tasks");
        }
        boolean hasTask = pipeline.annotation(PipelineLabel.TASK)
                .asText()
                .filter(task -> !task.isBlank())
                .isPresent();
        if (hasTask && steps.annotation().isPresent()) {
            findings.invalid(
                    steps.annotation(),
                    "not beside " + PipelineLabel.TASK + ", which names one: leave one of both out");
        }
    }
}

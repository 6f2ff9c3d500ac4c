package dev.penstock.rules;

import dev.penstock.manifest.Field;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where the arguments of a container name its task: there where the policy's own do.
 *
 * @param flag what stands before the task, as an argument of its own or with {@code =}: {@code --task}; empty where the
 *     task is the first argument
 */
record TaskArgument(String flag) {
    private static final String TASK = "${task}";

    /**
     * From the arguments of a policy, such as {@code --task} and <code>${task}</code>, or <code>--task=${task}</code>; empty
     * where they name the task in another way or not at all.
     */
    static Optional<TaskArgument> of(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(TASK)) {
                return Optional.of(new TaskArgument(i == 0 ? "" : arguments.get(i - 1)));
            }
            if (argument.endsWith("=" + TASK)) {
                return Optional.of(new TaskArgument(argument.substring(0, argument.length() - TASK.length() - 1)));
            }
        }
        return Optional.empty();
    }

    /** Whether the task is the first argument, which of containers that run something else is anything. */
    boolean isFirst() {
        return flag.isEmpty();
    }

    /** Calls back with each argument that names a task, and the task. */
    void find(List<? extends Field> arguments, BiConsumer<Field, String> found) {
        for (int i = 0; i < arguments.size(); i++) {
            Field argument = arguments.get(i);
            String text = argument.asText().orElse("");
            if (isFirst()) {
                found.accept(argument, text);
                return;
            }
            if (text.startsWith(flag + "=")) {
                found.accept(argument, text.substring(flag.length() + 1));
            } else if (text.equals(flag) && i + 1 < arguments.size()) {
                Field task = arguments.get(i + 1);
                found.accept(task, task.asText().orElse(""));
            }
        }
    }
}

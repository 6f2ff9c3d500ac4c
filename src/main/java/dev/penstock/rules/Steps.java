package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.KubernetesNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The steps of a pipeline, by the annotation {@code penstock.dev/tasks}: a task each, and a container for it that is called
 * after it.
 *
 * @param annotation where they are named; absent where the pipeline has none
 * @param tasks what is written between its commas, in order; no more than one above {@link #MOST}
 * @param names the same where containers can be made of them; none where one is no name or there twice, or there are too many
 */
record Steps(Field annotation, List<String> tasks, List<String> names) {
    /** How many there can be: the annotation may come from anyone. */
    static final int MOST = 100;

    /** @param annotations of the CronJob */
    static Steps of(Field annotations) {
        Field annotation = annotations.at(PipelineLabel.TASKS);
        List<String> tasks = annotation.asText().map(Steps::tasks).orElse(List.of());
        boolean named = tasks.size() <= MOST && new HashSet<>(tasks).size() == tasks.size();
        for (String task : tasks) {
            named = named && KubernetesNames.isDnsLabel(task);
        }
        return new Steps(annotation, tasks, named ? tasks : List.of());
    }

    private static List<String> tasks(String text) {
        String[] tasks = text.split(",", MOST + 1);
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = tasks[i].strip();
        }
        return List.of(tasks);
    }

    /** The tasks that are there again. */
    List<String> repeated() {
        Set<String> seen = new HashSet<>();
        return tasks.stream().filter(task -> !seen.add(task)).distinct().toList();
    }

    /** Whether the step's container is an init container, of which Kubernetes runs one after the other. */
    boolean isInit(String name) {
        return !name.equals(names.get(names.size() - 1));
    }
}

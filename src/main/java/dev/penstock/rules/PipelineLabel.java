package dev.penstock.rules;

import dev.penstock.manifest.Field;
import java.util.Map;

/** The label that makes a CronJob a pipeline, and the annotations by which its author speaks to Penstock. */
public final class PipelineLabel {
    /** Its value names a profile. */
    public static final String KEY = "penstock.dev/pipeline";

    /** The image of the containers that Penstock makes. */
    public static final String IMAGE = "penstock.dev/image";

    /** The task, where it is not the policy's. */
    public static final String TASK = "penstock.dev/task";

    /** The tasks of a pipeline of several steps, with commas between them. */
    public static final String TASKS = "penstock.dev/tasks";

    // On a namespace, with the value true.
    private static final String REQUIRED = "penstock.dev/require-label";

    private PipelineLabel() {}

    /** Whether a namespace of these labels asks every CronJob for the label. */
    public static boolean isRequired(Map<String, String> namespaceLabels) {
        return "true".equals(namespaceLabels.get(REQUIRED));
    }

    /** The annotation that names the image of a step, where it is not that of the others. */
    static String imageOf(String task) {
        return IMAGE + "." + task;
    }

    /** The label of a CronJob; absent where it is no pipeline. */
    public static Field of(Field cronJob) {
        return cronJob.at("metadata", "labels", KEY);
    }

    /** Whether the CronJob is a pipeline. */
    public static boolean isOn(Field cronJob) {
        return of(cronJob).isPresent();
    }
}

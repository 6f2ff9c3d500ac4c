package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.manifest.Intent;
import java.util.Map;

/**
 * The label that makes a CronJob a pipeline, that of namespaces which ask for it, and the annotations by which an author speaks to
 * Penstock; those about what is filled in are with {@link Intent}.
 */
public final class PipelineLabel {
    /** Its value names a profile. */
    public static final String KEY = Intent.OURS + "pipeline";

    /** The image of the containers that Penstock makes. */
    public static final String IMAGE = Intent.OURS + "image";

    /** The task, where it is not the policy's. */
    public static final String TASK = Intent.OURS + "task";

    /** The tasks of a pipeline of several steps, with commas between them. */
    public static final String TASKS = Intent.OURS + "tasks";

    /** Each new value lets what is filled in follow the policies of now, as a manifest that is applied does. */
    static final String REFRESH = Intent.OURS + "refresh";

    // On a namespace, with the value true.
    private static final String REQUIRED = Intent.OURS + "require-label";

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

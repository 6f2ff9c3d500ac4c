package dev.penstock.rules;

import dev.penstock.cron.CronSchedule;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.Intent;
import dev.penstock.manifest.ObjectName;
import dev.penstock.policy.EffectivePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CronJob as rules read it.
 *
 * <p>Not thread-safe: one review, one pipeline.
 */
public final class Pipeline {
    // Set by kubectl users to say which container `kubectl logs` and `exec` mean.
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final Field cronJob;
    private final Intent intent;
    private final String namespace;
    private final EffectivePolicy policy;
    private final Instant now;

    // What many rules ask for.
    private final Field metadata;
    private final Field annotations;
    private final Field spec;
    private final Field podSpec;
    private final Steps steps;
    private @Nullable List<Field> containers; // told apart when they are first asked for, and so are those of steps
    private @Nullable List<Field> stepContainers;
    private @Nullable List<Image> images; // read when they are first asked for, and so is the schedule
    private CronSchedule.@Nullable Parsed schedule;
    private @Nullable Timing timing;

    /**
     * @param cronJob the object, with the defaults in it
     * @param intent what its author wrote
     * @param namespace where it is or will be
     * @param policy what applies to it
     * @param now the time of the review
     */
    public Pipeline(Field cronJob, Intent intent, String namespace, EffectivePolicy policy, Instant now) {
        this.cronJob = cronJob;
        this.intent = intent;
        this.namespace = namespace;
        this.policy = policy;
        this.now = now;
        this.metadata = cronJob.at("metadata");
        this.annotations = metadata.at("annotations");
        this.spec = cronJob.at("spec");
        this.podSpec = cronJob.at(FieldPath.POD_SPEC);
        this.steps = Steps.of(annotations);
    }

    Field cronJob() {
        return cronJob;
    }

    Intent intent() {
        return intent;
    }

    String namespace() {
        return namespace;
    }

    public EffectivePolicy policy() {
        return policy;
    }

    Instant now() {
        return now;
    }

    /** Its name; what its name will begin with, where the API server has yet to give it one. */
    String name() {
        return ObjectName.of(cronJob).shown();
    }

    Field metadata() {
        return metadata;
    }

    Field spec() {
        return spec;
    }

    /** Its schedule as Kubernetes reads it; an absent one is refused. */
    CronSchedule.Parsed schedule() {
        if (schedule == null) {
            schedule = CronSchedule.parse(spec.at("schedule").asText().orElse(""));
        }
        return schedule;
    }

    /** When it runs; empty where Kubernetes does not accept its schedule. */
    Optional<Timing> timing() {
        if (timing == null && schedule() instanceof CronSchedule.Accepted accepted) {
            timing = Timing.of(accepted.schedule(), this);
        }
        return Optional.ofNullable(timing);
    }

    Field annotation(String key) {
        return annotations.at(key);
    }

    Steps steps() {
        return steps;
    }

    /** The spec of the Job. */
    Field job() {
        return cronJob.at(FieldPath.JOB);
    }

    Field podSpec() {
        return podSpec;
    }

    /** Every container, the init containers first, as they run. */
    List<Field> containers() {
        if (containers == null) {
            List<Field> all = new ArrayList<>();
            for (String list : FieldPath.CONTAINER_LISTS) {
                all.addAll(podSpec.at(list).elements());
            }
            containers = Collections.unmodifiableList(all);
        }
        return containers;
    }

    /** The image of every container that names one, and every one that is mounted as a volume. */
    List<Image> images() {
        if (images == null) {
            List<Image> all = new ArrayList<>();
            for (Field container : containers()) {
                Image.of(container.at("image"), container.at("imagePullPolicy")).ifPresent(all::add);
            }
            for (Field volume : podSpec.at("volumes").elements()) {
                Image.of(volume.at("image", "reference"), volume.at("image", "pullPolicy"))
                        .ifPresent(all::add);
            }
            images = Collections.unmodifiableList(all);
        }
        return images;
    }

    /** The containers that Penstock made for steps; none where the pipeline has none, or containers of its author's. */
    List<Field> stepContainers() {
        if (stepContainers == null) {
            List<String> names = steps.names();
            stepContainers = names.isEmpty()
                    ? List.of()
                    : containers().stream()
                            .filter(container -> names.contains(container.path().name()) && intent.isMade(container))
                            .toList();
        }
        return stepContainers;
    }

    /** The container that runs the pipeline, beside its sidecars; empty where there is none at all. */
    Optional<? extends Field> mainContainer() {
        return mainContainer(cronJob, podSpec.at("containers").elements(), intent);
    }

    /** Which of the containers is meant: the one that the pod template's annotation names, else the first of the author's. */
    static <F extends Field> Optional<F> mainContainer(Field cronJob, List<F> containers, Intent intent) {
        Optional<String> named = cronJob.at(FieldPath.POD_TEMPLATE)
                .at("metadata", "annotations", DEFAULT_CONTAINER)
                .asText();
        return containers.stream()
                .filter(container ->
                        named.isPresent() && container.at("name").asText().equals(named))
                .findFirst()
                // Those that a policy appended may stand before the author's, which came later.
                .or(() -> containers.stream()
                        .filter(container -> intent.isOwn(container) && !intent.isAppended(container))
                        .findFirst())
                .or(() -> containers.stream().filter(intent::isOwn).findFirst());
    }
}

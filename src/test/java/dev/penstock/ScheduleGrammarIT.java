package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.ScheduleGenerator;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Our grammar of schedules is Kubernetes' own, edge for edge. */
@EachControlPlane
class ScheduleGrammarIT {
    private static final long SEED = 20_260_101;
    private static final int SCHEDULES = 3_000;
    private static final int CLIENTS = 4;

    @Parameter
    ControlPlane controlPlane;

    @Test
    void acceptsWhatTheApiServerAcceptsAndNothingElse() throws InterruptedException, ExecutionException {
        List<String> schedules = Stream.generate(new ScheduleGenerator(SEED)::next)
                .limit(SCHEDULES)
                .toList();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (KubernetesClient client = controlPlane.client()) {
            List<Future<String>> answers = schedules.stream()
                    .map(schedule -> clients.submit(() -> refusal(client, schedule)))
                    .toList();

            List<String> disagreements = new ArrayList<>();
            int accepted = 0;
            for (int i = 0; i < SCHEDULES; i++) {
                String refusal = answers.get(i).get();
                CronSchedule.Parsed parsed = CronSchedule.parse(schedules.get(i));
                accepted += refusal.isEmpty() ? 1 : 0;
                if (refusal.isEmpty() != parsed instanceof CronSchedule.Accepted) {
                    disagreements.add("\"" + schedules.get(i) + "\": we say " + parsed + ", the API server says "
                            + (refusal.isEmpty() ? "yes" : refusal));
                }
            }

            assertThat(disagreements).isEmpty();
            // Else the generator, or the question, would be wrong.
            assertThat(accepted).isBetween(SCHEDULES / 4, SCHEDULES * 3 / 4);
        } finally {
            clients.shutdownNow();
        }
    }

    /** What the API server has against the schedule; empty where it accepts it. Nothing is stored. */
    private static String refusal(KubernetesClient client, String schedule) {
        try {
            client.resource(cronJob(schedule)).inNamespace("default").dryRun().create();
            return "";
        } catch (KubernetesClientException e) {
            boolean ofTheSchedule = e.getCode() == 422
                    && e.getStatus().getDetails().getCauses().stream()
                            .allMatch(cause -> cause.getField().equals("spec.schedule"));
            if (ofTheSchedule) {
                return e.getStatus().getMessage();
            }
            throw e;
        }
    }

    private static CronJob cronJob(String schedule) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withName("schedule")
                .endMetadata()
                .withNewSpec()
                .withSchedule(schedule)
                .withNewJobTemplate()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("registry.example.com/main:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }
}

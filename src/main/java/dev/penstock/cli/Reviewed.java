package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cron.CronSchedule;
import dev.penstock.cron.TimeZones;
import dev.penstock.manifest.ObjectName;
import dev.penstock.policy.Action;
import dev.penstock.review.Verdict;
import dev.penstock.rules.Finding;
import dev.penstock.rules.PipelineLabel;
import dev.penstock.yaml.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline and what became of it.
 *
 * @param manifest as it was written
 * @param object as it would be stored; where it is denied, as far as defaults were filled in
 * @param namespace where it would be
 * @param verdict says nothing where it could not be read
 * @param broken why it could not be read; empty where it could
 */
record Reviewed(
        ManifestFile.Entry manifest,
        ObjectNode object,
        String namespace,
        Verdict verdict,
        Optional<Diagnostic> broken) {
    private static final int RUNS = 3;
    // Where a pipeline names none, Kubernetes reads its schedule in the controller's zone, mostly this.
    private static final ZoneId CONTROLLERS = ZoneId.of("UTC");

    /** Its name, or what its name begins with. */
    String name() {
        return ObjectName.of(object).shown();
    }

    /** Its namespace and its name. */
    String id() {
        return namespace + "/" + name();
    }

    /** What its name begins with, or its name: what {@code H} goes by. */
    String stableName() {
        return ObjectName.of(object).stable();
    }

    String profile() {
        return manifest.object()
                .path("metadata")
                .path("labels")
                .path(PipelineLabel.KEY)
                .asText();
    }

    boolean isDenied() {
        return verdict.isDenied() || broken.isPresent();
    }

    boolean isWarnedOf() {
        return !isDenied() && !verdict.findings(Action.WARN).isEmpty();
    }

    /** What its author is told: what denies it, then what warns of it. */
    List<Diagnostic> diagnostics() {
        return Stream.concat(
                        broken.stream(),
                        Stream.of(Action.DENY, Action.WARN)
                                .flatMap(action -> verdict.findings(action).stream())
                                .map(finding -> Diagnostic.of(finding, place(finding))))
                .toList();
    }

    ManifestFile file() {
        return manifest.file();
    }

    /** Where it begins. */
    Place place() {
        return manifest.place("");
    }

    /** Where what a finding objects to stands, or what would hold it. */
    Place place(Finding finding) {
        return manifest.place(finding.path().pointer());
    }

    /** What was found where a secret stands in clear; it is not to be shown. */
    List<Finding> secrets() {
        return verdict.findings().stream()
                .filter(finding -> finding.held() instanceof Finding.Secret)
                .toList();
    }

    /** Empty where Kubernetes refuses it. */
    Optional<CronSchedule> schedule() {
        return CronSchedule.parse(object.path("spec").path("schedule").asText())
                        instanceof CronSchedule.Accepted accepted
                ? Optional.of(accepted.schedule())
                : Optional.empty();
    }

    /** In which its schedule is read. */
    ZoneId zone() {
        return TimeZones.find(object.path("spec").path("timeZone").asText()).orElse(CONTROLLERS);
    }

    /** That zone's name as it was written. */
    String zoneName() {
        String name = object.path("spec").path("timeZone").asText();
        return TimeZones.find(name).isPresent() ? name : CONTROLLERS.getId();
    }

    /** Whether it does not run for now. */
    boolean isSuspended() {
        return object.path("spec").path("suspend").asBoolean();
    }

    /** Its next runs, in its time zone; none where it does not run. */
    List<ZonedDateTime> runs(Instant now) {
        return isSuspended()
                ? List.of()
                : schedule()
                        .map(schedule -> schedule.next(now.atZone(zone()), RUNS))
                        .orElse(List.of());
    }
}

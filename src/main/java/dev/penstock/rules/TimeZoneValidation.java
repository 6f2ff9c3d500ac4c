package dev.penstock.rules;

import dev.penstock.cron.ClockChange;
import dev.penstock.cron.TimeZones;
import dev.penstock.manifest.Field;
import dev.penstock.policy.PolicyNode;

/**
 * {@code timeZone}: one that Kubernetes knows, and, where the policy asks for it, one at all; and one whose next changes of
 * the clocks neither skip nor repeat a run.
 */
final class TimeZoneValidation implements EarlyValidation {
    private final boolean require;

    TimeZoneValidation(PolicyNode parameters) {
        parameters.only("action", "require");
        require = parameters.at("require").flag(false);
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field field = pipeline.spec().at("timeZone");
        if (field.isAbsent()) {
            if (require) {
                findings.required(field, "name a zone, such as Europe/Berlin or Etc/UTC");
            }
            return;
        }
        String name = field.asText().orElse("");
        if (TimeZones.find(name).isEmpty()) {
            findings.early().invalid(field, TimeZones.whyNone(name));
        } else {
            pipeline.timing()
                    .flatMap(timing -> timing.schedule().clockChange(timing.now()))
                    .ifPresent(change -> {
                        boolean ends = change.kind() == ClockChange.Kind.LAST;
                        (ends ? findings : findings.warning()).invalid(field, sentence(change));
                    });
        }
    }

    private static String sentence(ClockChange change) {
        return (change.kind() == ClockChange.Kind.REPEATED ? "two runs" : "no run")
                + " on " + change.run().toLocalDate() + " at " + change.run().toLocalTime()
                + (change.kind() == ClockChange.Kind.LAST ? " and none ever after" : "")
                + ", as the clocks change; another hour avoids it, or Etc/UTC";
    }
}

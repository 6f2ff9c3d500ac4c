package dev.penstock.rules;

import dev.penstock.cron.EditDistance;
import dev.penstock.manifest.Field;
import dev.penstock.policy.Profiles;
import java.util.ArrayList;
import java.util.List;

/** {@code profile}: the label's value names a profile, or none with {@code default} or {@code true}. */
final class ProfileValidation implements EarlyValidation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field label = PipelineLabel.of(pipeline.cronJob());
        List<String> known = new ArrayList<>(Profiles.NONE);
        known.addAll(pipeline.policy().profiles());
        String named = label.asText().orElse("");
        if (!known.contains(named)) {
            findings.early().notSupported(label, known, EditDistance.hint(named, known));
        }
    }
}

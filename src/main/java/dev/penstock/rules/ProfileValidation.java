package dev.penstock.rules;

import dev.penstock.manifest.Field;
import dev.penstock.policy.Profiles;
import dev.penstock.text.EditDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** {@code profile}: the label's value names a profile, or none with {@code default} or {@code true}. */
final class ProfileValidation implements EarlyValidation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field label = PipelineLabel.of(pipeline.cronJob());
        String named = label.asText().orElse("");
        SortedSet<String> profiles = pipeline.policy().profiles();
        if (!Profiles.NONE.contains(named) && !profiles.contains(named)) {
            List<String> known = new ArrayList<>(Profiles.NONE);
            known.addAll(profiles);
            findings.early().notSupported(label, known, EditDistance.hint(named, known));
        }
    }
}

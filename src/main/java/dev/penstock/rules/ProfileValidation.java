package dev.penstock.rules;

import dev.penstock.manifest.Field;
import java.util.List;

/** {@code profile}: the label's value names a profile, or none with {@code default} or {@code true}. */
final class ProfileValidation implements Validation {
    private static final List<String> NONE = List.of("default", "true");

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field label = PipelineLabel.of(pipeline.cronJob());
        if (!NONE.contains(label.asText().orElse(""))) {
            findings.early().notSupported(label, NONE);
        }
    }
}

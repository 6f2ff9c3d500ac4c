package dev.penstock.rules;

/** {@code labelRemoved}: the label taken off a pipeline, which leaves policy behind. Run where that has happened. */
final class LabelRemovedValidation implements Validation {
    @Override
    public void check(Pipeline pipeline, Findings findings) {
        findings.forbidden(
                PipelineLabel.of(pipeline.cronJob()),
                "without the label no default is filled in and no rule checked any more");
    }
}

package dev.penstock.rules;

import dev.penstock.manifest.EditableField;
import dev.penstock.manifest.Reason;

/** The tag of an untagged image, where the policy names one. */
final class ImageTagDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        for (EditableField container : draft.containers()) {
            EditableField image = container.at("image");
            String written = image.asText().orElse("");
            String completed = draft.policy().completed(written);
            if (completed.equals(written)) {
                continue;
            }
            boolean sent = image.lastChange().isEmpty();
            image.set(completed, Reason.completed(written));
            if (sent) {
                draft.replaced(image, written, completed);
            }
        }
    }
}

package dev.penstock.rules;

/** The tag of an untagged image, where the policy names one. */
final class ImageTagDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        draft.containers()
                .forEach(container -> draft.defaulter().complete(container.at("image"), draft.policy()::completed));
    }
}

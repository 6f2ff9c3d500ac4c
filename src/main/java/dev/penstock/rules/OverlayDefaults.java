package dev.penstock.rules;

/** Whatever the policy's partial CronJob names. */
final class OverlayDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        draft.policy().defaults().layUnder(draft.defaulter(), draft.placeholders(), draft.policy()::completed);
    }
}

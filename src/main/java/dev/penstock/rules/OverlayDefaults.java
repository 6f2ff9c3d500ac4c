package dev.penstock.rules;

/** Whatever the policies' partial CronJobs name. */
final class OverlayDefaults implements Defaults {
    @Override
    public void fill(Draft draft) {
        draft.policy().layUnder(draft.defaulter(), draft.placeholders());
    }
}

package dev.penstock.controlplane;

/** What must be undone, once: when its owner is closed, or when the virtual machine ends before that. */
final class Cleanup implements AutoCloseable {
    private final Runnable action;
    private final Thread hook = new Thread(this::close, "cleanup");
    private boolean done;

    private Cleanup(Runnable action) {
        this.action = action;
    }

    static Cleanup of(Runnable action) {
        Cleanup cleanup = new Cleanup(action);
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    /** Returns when it is undone, even where another thread is at it: the virtual machine must not end halfway. */
    @Override
    public synchronized void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending: this is the hook, or its owner was faster.
        }
        action.run();
    }
}

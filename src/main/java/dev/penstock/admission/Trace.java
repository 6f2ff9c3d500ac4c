package dev.penstock.admission;

/** Where something failed, without the messages, which may quote what somebody wrote. For the log. */
final class Trace extends Throwable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 5;

    private final String type;

    Trace(Throwable failure) {
        this(failure, MAX_CAUSES);
    }

    private Trace(Throwable failure, int causes) {
        super(
                null,
                failure.getCause() == null || causes == 0 ? null : new Trace(failure.getCause(), causes - 1),
                false,
                true);
        this.type = failure.getClass().getName();
        setStackTrace(failure.getStackTrace());
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the name is what a trace begins with, and that of another class
    public String toString() {
        return type;
    }
}

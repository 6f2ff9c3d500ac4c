package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the author really wrote, as opposed to what the API server filled in before it asked us. The API server defaults
 * first, so that a field which holds its default says nothing by itself; what the author applied is recorded beside it.
 */
public final class Intent {
    private final Evidence evidence;

    private Intent(Evidence evidence) {
        this.evidence = evidence;
    }

    /** The intent behind an object as the webhook gets it, or as it stands in the author's file. */
    public static Intent of(Field object) {
        return new Intent(Evidence.of(object));
    }

    /**
     * Whether the author left the field out: it is absent, or holds what the API server fills in and nothing tells that
     * the author applied it.
     */
    public boolean leftOut(Field field) {
        return leftOut(field, ServerDefaults.of(field.path()));
    }

    /** The same for a field whose server default depends on other fields, such as the pull policy. */
    public boolean leftOut(Field field, JsonNode serverDefault) {
        if (field.isAbsent() || ServerDefaults.isNoDecision(field)) {
            return true;
        }
        return field.value().equals(serverDefault) && !evidence.isApplied(field.path());
    }
}

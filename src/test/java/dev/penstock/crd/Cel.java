package dev.penstock.crd;

/**
 * What the API server checks by itself, in the words of our own readers: an author sees the same sentence whoever says it. What
 * the readers say better, such as an unknown placeholder by name, is left to them.
 *
 * <p>The API server refuses rules whose cost it cannot bound, so that what they look at has a size; nothing else has.
 */
final class Cel {
    // policy.Layer: an empty text says nothing.
    static final String CONTAINER_NAME = "self == '' || self.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')";
    static final String NO_CONTAINER_NAME = "must be a container's name: lower-case letters, digits and -, at most 63";
    static final String TAG = "self == '' || self.matches('^[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}$')";
    static final String TAGS = "self.all(tag, tag.matches('^[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}$'))";
    static final String NO_TAG = "no tag of an image: letters, digits, _, . and -, at most 128";
    // policy.Span
    static final String DURATION = "self.matches('^[1-9][0-9]{0,8}[smh]$')";
    static final String NO_DURATION =
            "must be a duration such as 90s, 15m or 4h: a number from 1 to 999999999, without zeros in front, and s, m or h";
    // policy.PolicyNode
    static final String SOME = "size(self) > 0";
    static final String NONE = "must list something, or be left out";
    // policy.Glob
    static final String GLOBS = "self.all(glob, glob.matches('^[-a-z0-9.*]+$'))";
    static final String NO_GLOBS = "must be names, in which * stands for any text, such as nightly-*";
    // policy.Exemption
    static final String DATE = "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}$')";
    static final String NO_DATE = "must be a date such as 2027-03-31";
    static final String GIVEN = "self.matches('\\\\S')";
    static final String NOT_GIVEN = "must be given";
    static final String NO_RULES = "must list the rules that are let pass";

    /** More than fits, so that it is the rule's sentence that is seen. */
    static final int NAME = 253;

    static final int TEXT = 1024;
    static final int LIST = 100;

    private Cel() {}
}

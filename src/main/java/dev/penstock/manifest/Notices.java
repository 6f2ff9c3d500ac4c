package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What the author is told of defaults: a line for each value that changed from before, or that may have been meant. Nothing of
 * plain filling in, and nothing of what comes out as it was.
 */
final class Notices {
    private static final int ROOM = 48;

    private final Intent intent;
    private final BiPredicate<FieldPath, JsonNode> secret;
    private final List<Notice> notices = new ArrayList<>();

    /** @param secret whether a value at a path is not to be shown */
    Notices(Intent intent, BiPredicate<FieldPath, JsonNode> secret) {
        this.intent = intent;
        this.secret = secret;
    }

    List<Notice> list() {
        return List.copyOf(notices);
    }

    void tell(Field field, String text) {
        notices.add(new Notice(field.path(), text));
    }

    /** What the author wrote halfway was completed. */
    void completed(Field field, String written) {
        if (!intent.isUnchanged(field)) {
            tell(field, "becomes " + shown(field, field.value()) + " (was " + written + ")");
        }
    }

    /**
     * A default was written over what was sent.
     *
     * @param ambiguous whether what was sent may have been the author's
     */
    void changed(Field field, JsonNode sent, boolean ambiguous, Reason reason) {
        JsonNode before = intent.before(field);
        if (ServerDefaults.isAsWanted(field.path(), before, field.value())) {
            return;
        }
        boolean wasOurs = intent.remembered().isOurs(field.path().stable());
        if (ambiguous) {
            tell(
                    field,
                    shown(field, sent) + " counts as left out (" + Intent.KEEP + " would keep it): "
                            + shown(field, field.value()) + ", " + reason);
        } else if (!before.isMissingNode() && (wasOurs || before.equals(sent))) {
            tell(
                    field,
                    "follows " + reason.leader() + ": " + change(shown(field, before), shown(field, field.value())));
        }
    }

    /** What had come from this source is about to be taken away. */
    void gone(Field field, String source) {
        tell(
                field,
                source.equals(Reason.made().toString())
                        ? "goes again: it was made for want of another"
                        : "goes again: " + source + " had filled in " + shown(field, field.value()));
    }

    /** Both values; of long ones what they do not begin with alike, since a warning has room for a line. */
    private static String change(String before, String after) {
        int alike = 0;
        if (before.length() + after.length() > ROOM) {
            int most = Math.min(before.length(), after.length());
            while (alike < most && before.charAt(alike) == after.charAt(alike)) {
                alike++;
            }
            while (alike > 0 && ":/,\" ".indexOf(before.charAt(alike - 1)) < 0) {
                alike--; // to the beginning of the word that is another
            }
        }
        return alike > 1 ? "…" + before.substring(alike) + " → …" + after.substring(alike) : before + " → " + after;
    }

    private String shown(Field field, JsonNode value) {
        if (secret.test(field.path(), value)) {
            return "***";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}

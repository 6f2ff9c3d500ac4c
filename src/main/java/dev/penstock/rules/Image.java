package dev.penstock.rules;

import dev.penstock.image.ImageReference;
import dev.penstock.manifest.Field;
import java.util.Optional;

/**
 * An image that a manifest names.
 *
 * @param field that names it
 * @param pullPolicy the field beside it, which may be absent
 * @param text as it stands there, not empty
 * @param reference empty where the text is none
 */
record Image(Field field, Field pullPolicy, String text, Optional<ImageReference> reference) {
    /** Empty where the field names none: the API server itself asks for an image. */
    static Optional<Image> of(Field field, Field pullPolicy) {
        return field.asText()
                .filter(text -> !text.isEmpty())
                .map(text -> new Image(field, pullPolicy, text, ImageReference.parse(text)));
    }
}

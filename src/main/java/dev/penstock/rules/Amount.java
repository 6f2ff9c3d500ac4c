package dev.penstock.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Quantity;
import dev.penstock.manifest.WrongTypeException;
import java.util.Optional;

/**
 * A quantity of a resource in a manifest.
 *
 * @param field where it was read
 * @param quantity how much
 */
record Amount(Field field, Quantity quantity) {
    /**
     * The amount, which may be written as a string or as a number; empty where there is none, or none that Kubernetes reads.
     *
     * @throws WrongTypeException if it is neither
     */
    static Optional<Amount> of(Field field) {
        return Quantity.parse(text(field)).map(quantity -> new Amount(field, quantity));
    }

    /** As it was written; empty where it is absent. */
    static String text(Field field) {
        JsonNode value = field.value();
        if (field.isPresent() && !value.isTextual() && !value.isNumber()) {
            throw new WrongTypeException(field.path(), "a quantity", value);
        }
        return field.isPresent() ? value.asText() : "";
    }

    /** Whether there is an amount, and it is zero: mostly the first digit tells that it is not. */
    static boolean isZero(Field field) {
        String text = text(field);
        boolean mayBe = !text.isEmpty() && (text.charAt(0) < '1' || text.charAt(0) > '9');
        return mayBe
                && Quantity.parse(text)
                        .filter(quantity -> quantity.amount().signum() == 0)
                        .isPresent();
    }

    boolean isMoreThan(Quantity other) {
        return quantity.compareTo(other) > 0;
    }

    boolean isLessThan(Quantity other) {
        return quantity.compareTo(other) < 0;
    }
}

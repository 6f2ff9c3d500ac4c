package dev.penstock.text;

/** How many there are, in words. */
public final class Count {
    private Count() {}

    /** {@code 1 pipeline}, {@code 2 pipelines}. */
    public static String of(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

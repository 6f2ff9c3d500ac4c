package dev.penstock.text;

/** What is shown of a text that is too long. */
public final class Beginning {
    private Beginning() {}

    /** So many characters of a text that has as many, or one less: half of one is no Unicode. */
    public static String of(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}

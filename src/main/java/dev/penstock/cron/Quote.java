package dev.penstock.cron;

/** Parts of an author's text, fit to stand in a message: short, on one line, nothing invisible. */
final class Quote {

    private static final int LONGEST = 24;

    private Quote() {}

    static String of(String text) {
        boolean tooLong = text.length() > LONGEST;
        StringBuilder quote = new StringBuilder("'");
        text.substring(0, tooLong ? LONGEST : text.length())
                .codePoints()
                .forEach(c -> quote.appendCodePoint(isVisible(c) ? c : '\uFFFD'));
        return quote.append(tooLong ? "…'" : "'").toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

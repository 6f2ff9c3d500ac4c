package dev.penstock.cli;

import java.io.PrintWriter;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Text as a terminal shows it. */
final class TerminalText {
    // Codes that would command the terminal, end a line, or turn the order of what is read (Unicode 15, 23.2).
    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\x{2028}-\\x{202E}\\x{2066}-\\x{2069}&&[^\t]]");
    private static final Set<UnicodeScript> WIDE = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI);
    // Of the symbols below U+1F000 those that EastAsianWidth.txt of Unicode has as wide.
    private static final String WIDE_SYMBOLS = "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕";

    private TerminalText() {}

    /** Without what a terminal would obey rather than show; a tab stays. */
    static String printable(String text) {
        return COMMANDS.matcher(text).replaceAll("\uFFFD");
    }

    /** Writes a line, without the same. */
    static void println(PrintWriter out, String text) {
        out.println(printable(text));
    }

    /** Its beginning, where it takes more than so many columns. */
    static String cut(String text, int columns) {
        int room = columns;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            room -= width(text.codePointAt(at));
            if (room < 0) {
                return text.substring(0, at);
            }
        }
        return text;
    }

    /** How many columns it takes; a tab counts as one. */
    static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean isHalf = c >= 0xFF61 && c <= 0xFFDC;
        boolean isFull = (c >= 0x3000 && c <= 0x303E) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6);
        boolean isPicture = (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F680 && c <= 0x1FAFF);
        boolean isWide = isFull || isPicture || WIDE_SYMBOLS.indexOf(c) >= 0 || WIDE.contains(UnicodeScript.of(c));
        return isWide && !isHalf ? 2 : 1;
    }
}

package dev.penstock.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Makes up the rest of a YAML document, behind its head: a member {@code x} of all that YAML has, now and then with a character
 * out of place. The same seed gives the same documents.
 */
final class RandomYaml {
    private static final List<String> PLAIN = List.of(
            ("yes No on oFF y N true False TRUE tRUE null Null ~ nULL 0 -0 +12 007 08 0o17 0O17 0x1F -0x1f 0b101 -0B11 0b12 1_000 0x_ff 1e3"
                            + " 1E-7 -1.5e+300 1.0 1. .5 -.5 +.5e1 .5_0 1e999 -1e999 1.5.2 9223372036854775807 9223372036854775808"
                            + " -9223372036854775809 18446744073709551615 18446744073709551616 0xFFFFFFFFFFFFFFFF"
                            + " 0x1FFFFFFFFFFFFFFFF 0777777777777777777777777 1e18 1e19 1e21 123456789012345678901234567890 0.1 1:30"
                            + " 190:20:30 2027-03-31 2027-03-31T01:02:03Z 100m 1Gi a:b a#b - . .. << = .inf. \u00e9\u00e8 \ud83d\ude80 @daily")
                    .split(" "));
    private static final String CHARACTERS = "aeEnyxob0019._-+:, \t'\"#&*!|>%@`{}[]?~\u00e9\u0085\u00a0\u2028\ud7ff";
    private static final List<String> ESCAPES = List.of(
            "\\n", "\\t", "\\\"", "\\\\", "\\x41", "\\u00e9", "\\U0001F680", "\\0", "\\e", "\\N", "\\_", "\\L", "\\ ");
    private static final List<String> MISPLACED =
            List.of("\t", ":", " ", "'", "\"", "{", "]", ",", "#", "\r", "\n", "-", "?", "\ufeff");
    // Where the reader is known to differ, and may: see YamlIT.
    private static final Pattern ODD =
            Pattern.compile("[|>][-+0-9]*#|:\\s*[\\]},]|!(?!!?str )|&a\\d+[^ \\s]|\\\\['\t]|\n +\t");

    private final Random random;
    private final List<String> anchors = new ArrayList<>();
    private final List<String> mappings = new ArrayList<>(); // those of the anchors that stand on one
    private int made;

    RandomYaml(long seed) {
        random = new Random(seed);
    }

    /** The next one; it begins and ends with whole lines. */
    String next() {
        String yaml = any();
        while (ODD.matcher(yaml).find()) {
            yaml = any();
        }
        return yaml;
    }

    private String any() {
        anchors.clear();
        mappings.clear();
        made = 0;
        String yaml = "x:" + value(0, 0) + "\n";
        if (one(6)) {
            int at = yaml.offsetByCodePoints(0, random.nextInt(yaml.codePointCount(0, yaml.length())));
            yaml = yaml.substring(0, at) + oneOf(MISPLACED) + yaml.substring(at);
        }
        return one(20) ? yaml.replace("\n", "\r\n") : yaml;
    }

    /** A value behind a colon or a dash, with what parts it from that. */
    private String value(int indent, int depth) {
        return switch (depth > 3 ? 9 : random.nextInt(10)) {
            case 0, 1 -> anchor(true, () -> "\n" + mapping(indent + 1 + random.nextInt(3), depth + 1));
            case 2 -> anchor(false, () -> "\n" + sequence(indent + random.nextInt(3) + 1, depth + 1));
            case 3 -> " " + anchor(false, () -> flow(depth + 1)).strip();
            case 4 -> block(indent);
            default -> " " + scalar(false);
        };
    }

    private interface Text {
        String get();
    }

    private String anchor(boolean mapping, Text text) {
        if (!one(4)) {
            return text.get();
        }
        String name = "a" + made++;
        String anchored = " &" + name + " " + text.get();
        anchors.add(name);
        if (mapping) {
            mappings.add(name);
        }
        return anchored;
    }

    private String mapping(int indent, int depth) {
        List<String> members = new ArrayList<>();
        for (String key : keys()) {
            members.add(key + ":" + value(indent, depth));
        }
        if (!mappings.isEmpty() && one(2)) {
            String merged = one(3) ? "[*" + oneOf(mappings) + ", *" + oneOf(mappings) + "]" : "*" + oneOf(mappings);
            members.add(random.nextInt(members.size() + 1), "<<: " + merged);
        }
        return " ".repeat(indent) + String.join((one(5) ? " # c" : "") + "\n" + " ".repeat(indent), members);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>(List.of("a", "b", "c", "'d'", "yes", "12", "\"e\""));
        Collections.shuffle(keys, random);
        return keys.subList(0, 1 + random.nextInt(3));
    }

    private String sequence(int indent, int depth) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            elements.add(" ".repeat(indent) + "-" + value(indent, depth));
        }
        return String.join("\n", elements);
    }

    private String flow(int depth) {
        List<String> elements = new ArrayList<>();
        boolean mapping = one(2);
        for (String key : keys()) {
            String value = depth < 3 && one(4) ? flow(depth + 1) : scalar(true);
            elements.add(mapping ? key + ": " + value : value);
        }
        String between = one(6) ? ",\n     " : ", ";
        return (mapping ? "{" : "[") + String.join(between, elements) + (one(8) ? "," : "") + (mapping ? "}" : "]");
    }

    private String scalar(boolean inFlow) {
        if (!anchors.isEmpty() && one(8)) {
            return "*" + oneOf(anchors) + " ";
        }
        String tag = one(30) ? "!!str " : "";
        return tag
                + switch (random.nextInt(8)) {
                    case 0, 1, 2 -> oneOf(PLAIN);
                    case 3 -> inFlow ? oneOf(PLAIN) : text(5, "aenyox019._-+");
                    case 4 -> "'" + text(8, CHARACTERS).replace("'", "''") + (inFlow || one(2) ? "'" : "\n     b'");
                    case 5 -> "\"" + text(4, CHARACTERS).replace("\"", "") + oneOf(ESCAPES) + text(3, "ab \t") + "\"";
                    case 6 -> inFlow ? "a b" : "a" + text(6, CHARACTERS);
                    default -> text(6, "0123456789_.eE+-xob");
                };
    }

    private String block(int indent) {
        int deeper = 1 + random.nextInt(3);
        StringBuilder block = new StringBuilder(" ").append(oneOf(List.of("|", ">")));
        block.append(one(4) ? String.valueOf(deeper) : "").append(oneOf(List.of("", "-", "+")));
        block.append(one(6) ? " # c" : "");
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            block.append('\n');
            if (!one(4)) {
                block.append(" ".repeat(indent + deeper))
                        .append(one(5) ? "  " : "")
                        .append("a")
                        .append(text(5, CHARACTERS));
            } else if (one(3)) {
                block.append(" ".repeat(random.nextInt(indent + deeper + 2)));
            }
        }
        return block.toString();
    }

    private String text(int most, String characters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }
}

package dev.penstock.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A section of {@code docs/rules.md}: one rule.
 *
 * @param id the heading
 * @param text all of it
 */
record RuleSection(String id, String text) {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\S+)$(.*?)(?=^## |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w+ (\\w+)\n(.*?)^```$");
    private static final Pattern PARAMETER = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
    private static final Pattern ACTION = Pattern.compile("Built-in\\s+action:\\s+`(\\w+)`");

    /**
     * A block of code whose fence says what it is.
     *
     * @param use {@code base}, {@code policy}, {@code refused}, {@code message} or {@code fixed}
     */
    record Block(String use, String text) {}

    /**
     * A manifest and what is said of it.
     *
     * @param policy the spec of the policy that applies
     * @param manifest what differs from the base
     * @param message a line a finding; empty where there is none
     */
    record Example(String rule, String policy, String manifest, String message) {
        @Override
        public String toString() {
            return rule + ": " + manifest;
        }
    }

    static List<RuleSection> of(String page) {
        return SECTION.matcher(page)
                .results()
                .map(section -> new RuleSection(section.group(1), section.group(2)))
                .toList();
    }

    static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    /** In the order of the page; a policy holds until the next. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        String policy = "{}";
        String refused = "";
        for (Block block : blocks(text)) {
            switch (block.use()) {
                case "policy" -> policy = block.text();
                case "refused" -> refused = block.text();
                case "message" -> examples.add(new Example(id, policy, refused, block.text()));
                case "fixed" -> examples.add(new Example(id, policy, block.text(), ""));
                default -> throw new AssertionError("a block of another use: " + block);
            }
        }
        return examples;
    }

    /** The first column of its table. */
    List<String> parameters() {
        return PARAMETER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceAll("\\W", ""))
                .toList();
    }

    String builtInAction() {
        Matcher matcher = ACTION.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}

package dev.penstock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What {@code docs/rules.md} said of a rule when the program was built.
 *
 * @param id of the rule
 * @param text its section without the headline, as Markdown
 */
record RuleText(String id, String text) {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\S+)$(.*?)(?=^## |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$\\n*");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]+\\)");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.]) ");

    /** Of every rule, in the order of the page. */
    static List<RuleText> all() {
        try (InputStream in = Objects.requireNonNull(RuleText.class.getResourceAsStream("/rules.md"))) {
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SECTION.matcher(page)
                    .results()
                    .map(section ->
                            new RuleText(section.group(1), section.group(2).strip()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the page of the rules is broken", e);
        }
    }

    /** Of the rule of this id, which there must be. */
    static RuleText of(String id) {
        return all().stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
    }

    /** The text for elsewhere: without the examples, and without links, which would lead nowhere. */
    String help() {
        return LINK.matcher(BLOCK.matcher(text).replaceAll("")).replaceAll("$1").strip();
    }

    /** What it looks at and what it allows: the first paragraph of the help, in one line. */
    String description() {
        return help().split("\n\n", 2)[0].replace('\n', ' ');
    }

    /** The first sentence of the description. */
    String summary() {
        return END_OF_SENTENCE.split(description(), 2)[0];
    }
}

package dev.penstock.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.penstock.yaml.YamlScalar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** The manifests as they would be stored, or what that adds to them; those that are denied are left out. */
final class YamlReport {
    private static final int CONTEXT = 3;
    private static final String NEXT_LINE = "\u0085";
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .stringQuotingChecker(new Quotes())
            .build());

    /** Around what would be read as no text, or as another one, by kubectl: {@code 1e3} is a number to it. */
    private static final class Quotes extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || isReadOtherwise(value);
        }

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || isReadOtherwise(name);
        }

        private static boolean isReadOtherwise(String text) {
            return text.equals("<<")
                    || text.contains(NEXT_LINE)
                    || !YamlScalar.of(text).isTextual();
        }
    }

    /** A text of several lines is written as a block, in which U+0085 would be read as the end of a line like any other. */
    private static final class Scalars extends JsonGeneratorDelegate {
        Scalars(YAMLGenerator yaml) {
            super(yaml);
        }

        @Override
        public void writeString(String text) throws IOException {
            YAMLGenerator yaml = (YAMLGenerator) delegate;
            yaml.configure(YAMLGenerator.Feature.MINIMIZE_QUOTES, !text.contains(NEXT_LINE));
            yaml.writeString(text);
        }
    }

    private final PrintWriter out;
    private final boolean diff;

    /** @param diff whether only the difference is written */
    YamlReport(PrintWriter out, boolean diff) {
        this.out = out;
        this.diff = diff;
    }

    void write(ReviewReport report) {
        for (Reviewed pipeline : report.pipelines()) {
            if (pipeline.isDenied()) {
                continue;
            }
            if (diff) {
                writeDiff(pipeline);
            } else {
                out.print(yaml(pipeline.object()));
            }
        }
    }

    /** Both sides are written in the same way, so that quotes and comments make no difference. */
    private void writeDiff(Reviewed pipeline) {
        String name = TerminalText.printable(pipeline.file().name() + " " + pipeline.id());
        List<String> before = yaml(pipeline.manifest().object()).lines().toList();
        List<String> after = yaml(pipeline.object()).lines().toList();
        UnifiedDiffUtils.generateUnifiedDiff(
                        name, name + " (as it would be stored)", before, DiffUtils.diff(before, after), CONTEXT)
                .forEach(out::println);
    }

    private static String yaml(JsonNode object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator yaml = new Scalars(YAML.getFactory().createGenerator(text))) {
            YAML.writeTree(yaml, object);
        } catch (IOException e) {
            throw new IllegalStateException("a tree is YAML", e);
        }
        return text.toString();
    }
}

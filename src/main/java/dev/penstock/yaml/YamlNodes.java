package dev.penstock.yaml;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The nodes of one document of YAML, as libyaml finds them. A plain scalar without a tag is {@link #PLAIN}: what it says is for
 * {@link YamlScalar} to tell.
 */
final class YamlNodes extends Composer {
    /** The tag of a plain scalar. */
    static final String PLAIN = "plain";

    private static final Tag PLAIN_TAG = new Tag(PLAIN);
    private static final int MOST_READ = 64 << 20; // characters, of a document that is read again for each of its tabs

    /** Leaves every scalar a text. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {}
    }

    private final int most;
    private int nodes;

    private YamlNodes(String text, LoaderOptions options, int most) {
        super(new ParserImpl(new StreamReader(text), options), new Texts(), options);
        this.most = most;
    }

    /**
     * The document; empty where there is nothing but comments.
     *
     * @param most how many nodes it may have
     * @throws org.yaml.snakeyaml.error.YAMLException where it is no YAML
     */
    static Optional<Node> of(String document, int deepest, int most) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the file's size is limited
        options.setNestingDepthLimit(deepest);
        options.setMaxAliasesForCollections(1000);
        String text = document;
        for (long read = text.length(); ; read += text.length()) {
            try {
                return Optional.ofNullable(new YamlNodes(text, options, most).getSingleNode());
            } catch (MarkedYAMLException e) {
                Optional<String> mended = read > MOST_READ ? Optional.empty() : withoutTab(text, e.getProblemMark());
                text = mended.orElseThrow(() -> e);
            }
        }
    }

    /** To libyaml a tab parts tokens as a blank does, but where it would indent. */
    private static Optional<String> withoutTab(String text, @Nullable Mark mark) {
        if (mark == null) {
            return Optional.empty();
        }
        int at = text.offsetByCodePoints(0, mark.getIndex());
        String before = text.substring(text.offsetByCodePoints(at, -mark.getColumn()), at)
                .strip();
        boolean parts = text.startsWith("\t", at)
                && !before.isEmpty()
                && !before.endsWith("-")
                && !before.endsWith("?")
                && !before.endsWith("\\");
        return parts ? Optional.of(text.substring(0, at) + " " + text.substring(at + 1)) : Optional.empty();
    }

    @Override
    protected Node composeScalarNode(String anchor, List<CommentLine> comments) {
        count();
        ScalarEvent event = (ScalarEvent) parser.peekEvent();
        Node node = super.composeScalarNode(anchor, comments);
        if (event.getTag() == null && event.isPlain()) {
            node.setTag(PLAIN_TAG);
        }
        return node;
    }

    @Override
    protected Node composeSequenceNode(String anchor) {
        count();
        return super.composeSequenceNode(anchor);
    }

    @Override
    protected Node composeMappingNode(String anchor) {
        count();
        return super.composeMappingNode(anchor);
    }

    private void count() {
        if (++nodes > most) {
            throw new ComposerProblem(
                    "holds more than " + most + " values", parser.peekEvent().getStartMark());
        }
    }

    private static final class ComposerProblem extends MarkedYAMLException {
        private static final long serialVersionUID = 1;

        ComposerProblem(String problem, Mark mark) {
            super(null, null, problem, mark);
        }
    }
}

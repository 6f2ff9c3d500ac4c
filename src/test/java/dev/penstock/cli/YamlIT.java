package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.controlplane.ControlPlane;
import dev.penstock.controlplane.EachControlPlane;
import dev.penstock.controlplane.Kubectl;
import dev.penstock.yaml.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Manifests are read as the real kubectl reads them: the same objects, or refused by both. */
@EachControlPlane
class YamlIT {
    private static final long SEED = 20_261_101;
    private static final int RANDOM = 1000;

    private static final Pattern CHARACTER = Pattern.compile("‹([0-9a-f]{4})›");

    /** {@code §} stands for a head without which it is no object, and goes in front where it does not stand there. */
    private static final List<String> SAME = """
            x: {a: yes, b: No, c: on, d: OFF, e: y, f: n, g: tRUE}
            x: [~, null, Null, NULL, nULL, , '']
            x: [0, -0, +1, 007, 08, 0o17, 0O17, 0x1F, -0x1f, 0b11, -0b11, +0b11, 0B11, 0b12, 1_000, 1__0, 1_, _1, 0x_f]
            x: [9223372036854775807, 9223372036854775808, 18446744073709551615, 18446744073709551616, -9223372036854775809]
            x: [+18446744073709551615, 0xFFFFFFFFFFFFFFFF, 0x1FFFFFFFFFFFFFFFF, 0777777777777777777777777, 0o7777777777777777777777777]
            x: [1.5, .5, -.5, +.5, 1., 1.e5, .5e3, 1e3, 1E-7, 1e18, 1e19, 1e21, 9007199254740993.0, 0.1e-400, 1e400, -0.0, .1_0, ._5]
            x: [1:30, 190:20:30, 1:2.5, 2027-03-31, 2027-03-31T01:02:03Z, 1.2.3, 100m, 1Gi, -, ., .., <<, =]
            x: .inf
            x: -.Inf
            x: .NAN
            x: [+.nan, .infx, inf, NaN]
            x: {~: 1}
            x: {'~': 1, 12: a, 0x10: b, yes: c, 'no': d, ? e : f}
            x: {18446744073709551615: 1}
            x: {[a]: 1}
            x: {{a: b}: 1}
            x: {a: 1, <<: {a: 2, b: 3}, b: 4}
            y: [&a {a: 1, b: 1}, &b {b: 2, c: 2}]⏎x: {<<: [*a, *b]}
            y: [&a {a: 1, b: 1}, &b {b: 2, c: 2}]⏎x: {<<: *a, <<: *b}
            y: &a {a: 1}⏎z: &b {<<: *a, b: 2}⏎x: {<<: *b, a: 3}
            y: &l [{a: 1}]⏎x: {<<: *l}
            y: &l [{a: 1}]⏎x: {<<: [*l]}
            x: {<<: 1}
            x: {<<: ~}
            x: {'<<': {a: 1}}
            x: {"<<": 1, !!merge <<: {b: 1}}
            y: &a 1⏎x: [*a, &a 2, *a]
            x: *nothing
            x: &a [*a]
            x: [! "12", ! 12, ! yes]
            x: [!!str 12, !!str yes, !!str ~, !!str , !!str "a"]
            x: [!!int '5', !!float 5, !!bool 'yes', !!null '', !!null ~, !!float 1e3, !!int 0x10]
            x: !!int abc
            x: !!int 1.5
            x: !!float abc
            x: !!bool 1
            x: !!null a
            x: [!!map {a: 1}, !!seq [1], !own {a: 1}, !!set {a, b}]
            x: !<tag:yaml.org,2002:str> 12
            x: a⇥b
            x:⇥b
            x: b⇥
            x: b⇥# c
            x: "b"⇥# c
            x: [a,⇥b⇥,⇥"c"⇥]
            x: {a:⇥1,⇥"b"⇥:⇥2}
            x:⏎⇥a: 1
            x:⏎  -⇥a
            x:⏎  a: 1⏎⇥⏎  b: 2
            x:⏎  a: 1⏎  ⇥⏎  b: 2
            x: {⏎⇥a: 1⏎⇥}
            x: |⏎  a⇥b⏎⇥
            x: |⇥⏎  a
            x: "a⏎⇥b"
            x: a⏎⇥b
            x:⇥⇥&a⇥b
            x: !!str⇥12
            x: "\\x41\\u00e9\\U0001F680\\n\\t\\0\\a\\b\\e\\v\\f\\r\\N\\_\\L\\P\\ \\"\\\\"
            x: "\\/"
            x: "\\\\/"
            x: "\\ud83d"
            x: "\\q"
            x: '\\/ \\ud83d ''quoted'''
            x: "a \\⏎  b"
            x: "a⏎⏎  b"
            x: 'a⏎  b⏎⏎⏎  c'
            x: a⏎  b⏎⏎  c # d
            x: a #b⏎  c
            x: a#b
            x: |⏎  a⏎   b⏎⏎  c⏎⏎
            x: |-⏎  a⏎⏎
            x: |+⏎  a⏎⏎
            x: >⏎  a⏎  b⏎⏎  c⏎   d⏎  e⏎⏎
            x: >-⏎  a⏎  b
            x: >+⏎⏎  a⏎⏎⏎
            x: |2⏎   a⏎  b
            x: |2-⏎   a
            x: |-2⏎   a
            x: |9⏎   a
            x: |0⏎   a
            x: |⏎⏎   a⏎  b
            x: |⏎    ⏎  a
            x: |⏎
            x: |⏎y: 1
            x: |⏎  a
            x: | # c⏎  a
            x: |⏎  # a⏎ # b
            x: - a
            x: a: b
            x: @a
            x: `a`
            x: %a
            x: ,
            x: [a, , b]
            x: [a b: c]
            x: [a: b, c]
            x: {a, b: , c}
            x: {a: b c, d}
            x: {a:b}
            x: {"a":b}
            x: [a
            x: {a: 1]
            x: "a
            x: a]
            x: *
            x: &
            x: - - a
            x:⏎- a⏎- - b⏎  - c⏎-⏎- d: 1⏎  e: 2
            x:⏎  - a⏎ - b
            x:⏎  a: 1⏎ b: 2
            ? x⏎: a
            ? [a]⏎: b
            x: a: b
            x: http://a:80/b?c=d#e
            x: -a
            x: ?a
            x: :a
            x: [::, a:, :b]
            x: a, b
            x: ‹00e9›‹d83d›‹de80›‹4e2d›
            x: a‹0085›b
            x: a‹2028›b
            x: a‹00a0›b
            x: a‹007f›
            x: a‹0007›
            x: a‹fffe›
            x: a‹feff›b
            ‹feff›x: a
            x: a␍⏎y: b␍⏎
            x: |␍⏎  a␍⏎  b␍⏎
            x: a␍y: b
            x: "a␍b"
            # c⏎x: a # d⏎  # e⏎
            x: a
            ‹feff›§⏎x: a
            # c⏎§⏎x: a⏎
            ⏎⏎§⏎x: a⏎
            ---⏎§⏎x: a
            --- ⏎§⏎x: a
            --- # c⏎§⏎x: a
            ---# c⏎§⏎x: a
            ---⏎---⏎§⏎---⏎
            §⏎---⏎§⏎x: 1⏎---⏎~⏎---⏎# c⏎---⏎null⏎--- # c⏎§⏎x: 2⏎---
            §⏎x: 1⏎---␍⏎§⏎x: 2␍⏎
            §⏎x: 1⏎---⏎‹feff›§⏎x: 2
            §⏎x: 1⏎--- x: 2
            §⏎x: 1⏎--- {}
            §⏎x: 1⏎---x: 2
            §⏎x: 1⏎----⏎
            §⏎x: |⏎  a⏎---⏎§⏎x: b
            §⏎x: "a⏎---⏎b"
            §⏎x: [a,⏎--- # b⏎]
            §⏎x: |⏎ ---⏎ a
            §⏎x: 1⏎ ---⏎
            §⏎x: 1⏎...⏎
            §⏎x: 1⏎...⏎---⏎§⏎x: 2
            §⏎x: 1⏎... # c⏎
            §⏎x: 1⏎...⏎# c⏎
            ...⏎§⏎
            %YAML 1.1⏎---⏎§⏎
            %TAG ! tag:a,2000:⏎---⏎§⏎
            # c
            ⏎
            ---
            a
            - a
            12
            kind: 1
            {}
            []
            null
            {"a": 1}
            {kind: A, apiVersion: v1
            {apiVersion: v1, kind: ConfigMap, metadata: {name: NAME}, x: yes}
            { "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": [1.0, 1e3, 18446744073709551615, 1.5, -0, 1e19, "\\/", "\\ud83d\\ude80"] }
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"},⏎⇥"x": 1⏎}⏎{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 2}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": "a⇥b"}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 01}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1}⏎---⏎{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": "\\/"}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1}⏎---⏎§⏎x: 2
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": "\\/"}⏎---⏎{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": "1"}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1}{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 2}⏎---⏎§⏎x: 2
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1} trailing
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": NaN}
            # c⏎{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1.0}
            apiVersion: v1⏎kind: List⏎items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: NAME}, data: {a: b}}, {apiVersion: v1, kind: ConfigMap, metadata: {name: NAME}}]
            apiVersion: v1⏎kind: List⏎items: []
            """.lines().toList();

    /** What kubectl takes and had better not: {@code docs/review.md} says so. */
    private static final List<String> REFUSED_BY_US = """
            x: {a: 1, a: 2}
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "NAME"}, "x": 1, "x": 2}
            x: !secret a
            x: !!binary aGVsbG8=
            x: !!timestamp 2027-03-31
            x: {1.5: a}
            x: |#c⏎  a
            x: "\\'"
            """.lines().toList();

    /** What libyaml finds fault with, and SnakeYAML reads as it is meant. */
    private static final List<String> REFUSED_BY_KUBECTL = """
            x: "\\ud83d\\ude80"
            x: &a% b
            """.lines().toList();

    /** kubectl's JSON is read by plain Jackson, which knows integers of more than 64 bits; to kubectl they are doubles. */
    private static final Comparator<JsonNode> SCALARS = (theirs, ours) ->
            theirs.isNumber() && ours.isNumber() ? ofNumbers(theirs, ours) : (theirs.equals(ours) ? 0 : 1);

    private static int ofNumbers(JsonNode theirs, JsonNode ours) {
        boolean whole = theirs.isIntegralNumber() && theirs.canConvertToLong();
        if (whole != (ours.isIntegralNumber() && ours.canConvertToLong())) {
            return 1;
        }
        return whole
                ? Long.compare(theirs.longValue(), ours.longValue())
                : Double.compare(theirs.doubleValue(), ours.doubleValue());
    }

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private ControlPlane controlPlane;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsAsKubectlDoes() throws IOException {
        RandomYaml random = new RandomYaml(SEED);
        List<String> texts = Stream.concat(
                        SAME.stream().map(YamlIT::shown),
                        Stream.generate(random::next).limit(RANDOM))
                .toList();
        List<String> disagreements = new ArrayList<>();
        int refused = 0;
        List<Optional<List<JsonNode>>> answers = kubectl(texts);
        for (int i = 0; i < texts.size(); i++) {
            Optional<List<JsonNode>> ours = ours(name(i), whole(texts.get(i), name(i)));
            Optional<List<JsonNode>> theirs = answers.get(i);
            refused += theirs.isEmpty() ? 1 : 0;
            if (!same(ours, theirs)) {
                disagreements.add("\n" + texts.get(i) + "\nours " + ours + "\nkubectl's " + theirs);
            }
        }
        assertThat(disagreements).isEmpty();
        // Else the documents would be too plain, or too odd.
        assertThat(refused).isBetween(texts.size() / 10, texts.size() / 3);
    }

    @Test
    void refusesWhatHadBetterNotBeTaken() throws IOException {
        for (Optional<List<JsonNode>> answer :
                kubectl(REFUSED_BY_US.stream().map(YamlIT::shown).toList())) {
            assertThat(answer).isPresent();
        }
        for (String line : REFUSED_BY_US) {
            assertThat(ours("t", whole(shown(line), "t"))).as(line).isEmpty();
        }
    }

    @Test
    void readsWhatIsMeantPlainly() throws IOException {
        for (Optional<List<JsonNode>> answer :
                kubectl(REFUSED_BY_KUBECTL.stream().map(YamlIT::shown).toList())) {
            assertThat(answer).isEmpty();
        }
        for (String line : REFUSED_BY_KUBECTL) {
            assertThat(ours("t", whole(shown(line), "t"))).as(line).isPresent();
        }
    }

    /** What kubectl makes of each text, which stands in a file of its own; empty where it refuses it. */
    private List<Optional<List<JsonNode>>> kubectl(List<String> texts) throws IOException {
        Path folder = Files.createTempDirectory(this.folder, "texts");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(folder.resolve(name(i) + ".yaml"), whole(texts.get(i), name(i)));
        }
        Kubectl.Result result =
                controlPlane.kubectl().run("create", "--dry-run=client", "-o", "json", "-f", folder.toString());
        List<Optional<List<JsonNode>>> answers = new ArrayList<>();
        List<JsonNode> objects;
        try (MappingIterator<JsonNode> values =
                new ObjectMapper().readerFor(JsonNode.class).readValues(result.stdout())) {
            objects = values.readAll();
        }
        objects.forEach(object -> ((ObjectNode) object.path("metadata")).remove("namespace"));
        for (int i = 0; i < texts.size(); i++) {
            String name = name(i);
            boolean refused =
                    result.stderr().contains(folder.resolve(name + ".yaml").toString());
            answers.add(
                    refused
                            ? Optional.empty()
                            : Optional.of(objects.stream()
                                    .filter(object ->
                                            object.at("/metadata/name").asText().equals(name))
                                    .toList()));
        }
        return answers;
    }

    private static Optional<List<JsonNode>> ours(String name, String text) throws IOException {
        try {
            return Optional.of(
                    ManifestFile.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                            .manifests()
                            .stream()
                            .<JsonNode>map(ManifestFile.Entry::object)
                            .toList());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static boolean same(Optional<List<JsonNode>> ours, Optional<List<JsonNode>> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return ours.isEmpty() && theirs.isEmpty();
        }
        if (ours.get().size() != theirs.get().size()) {
            return false;
        }
        for (int i = 0; i < ours.get().size(); i++) {
            if (!theirs.get().get(i).equals(SCALARS, ours.get().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String name(int i) {
        return "t" + i;
    }

    private static String shown(String line) {
        String text = line.replace('⏎', '\n').replace('⇥', '\t').replace('␍', '\r');
        return CHARACTER.matcher(text).replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }

    private static String whole(String text, String name) {
        String head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
        boolean needsHead = text.matches("(?s)[xyz?%\ufeff].*") && !text.contains("§") && !text.contains("NAME");
        return (needsHead ? head + text : text).replace("§\n", head).replace("NAME", name);
    }
}

package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cases.Case;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JunitReportTest {
    // Those of junit-10.xsd of Jenkins' xUnit plugin; besides, GitLab and reporters of GitHub take a case's file and
    // line.
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "testsuites", Set.of("name", "time", "tests", "failures", "errors"),
            "testsuite", Set.of("name", "time", "tests", "failures", "errors", "skipped"),
            "testcase", Set.of("name", "time", "classname", "file", "line"),
            "failure", Set.of("type", "message"),
            "error", Set.of("type", "message"),
            "system-out", Set.of());
    // Readers ask for these, or show nothing without them.
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "testsuites", Set.of("tests", "failures", "errors"),
            "testsuite", Set.of("name", "tests", "failures", "errors", "time"),
            "testcase", Set.of("name", "classname", "time"),
            "failure", Set.of("type", "message"),
            "error", Set.of("type", "message"),
            "system-out", Set.of());

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    static List<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void failsWhatIsDeniedAndTellsTheAuthorAll(Case story) throws Exception {
        Element suites = parse(ReviewCommandTest.review(story, "junit"));
        List<String> told = story.outcomeLines().stream()
                .filter(line -> line.startsWith("Deny ") || line.startsWith("Warn "))
                .toList();
        List<Element> failures = all(suites, "failure");
        assertThat(failures).hasSize(story.outcomeLines().get(0).equals("denied") ? 1 : 0);
        assertThat(told(failures)).containsExactlyElementsOf(only("Deny ", told));
        assertThat(told(all(suites, "system-out"))).containsExactlyElementsOf(only("Warn ", told));
        for (Element one : all(suites, "testcase")) {
            assertThat(one.getAttribute("file")).isEqualTo(story.input().toString());
            assertThat(one.getAttribute("classname")).isEqualTo(one.getAttribute("file"));
        }
    }

    private static List<String> only(String action, List<String> told) {
        return told.stream().filter(line -> line.startsWith(action)).toList();
    }

    /** The lines of elements, each without its place and with the action in front. */
    private static List<String> told(List<Element> elements) {
        return elements.stream()
                .flatMap(element -> element.getTextContent().lines())
                .map(line -> line.replaceFirst("^[^:]+:\\d+:\\d+: error: ", "Deny ")
                        .replaceFirst("^[^:]+:\\d+:\\d+: warning: ", "Warn "))
                .toList();
    }

    @Test
    void aPipelineIsATestCaseOfItsFile() throws Exception {
        String file = file("a.yaml", ReviewCommandTest.MOVING + "---\n" + ReviewCommandTest.FINE);
        Element suites = parse(Run.of("review", "-o", "junit", "-f", file));
        Element suite = all(suites, "testsuite").get(0);
        assertThat(suite.getAttribute("name")).isEqualTo(file);
        Element denied = all(suite, "testcase").get(0);
        assertThat(denied.getAttribute("name")).isEqualTo("ml/churn");
        assertThat(denied.getAttribute("line")).isEqualTo("2");
        Element failure = all(denied, "failure").get(0);
        assertThat(failure.getAttribute("message"))
                .isEqualTo(failure.getTextContent())
                .isEqualTo(
                        file + ":6:13: error: spec.schedule: Invalid value: \"0 1 31 2 *\": never fires within 5 years"
                                + " (rule schedule)");
        Element allowed = all(suite, "testcase").get(1);
        assertThat(allowed.getAttribute("name")).isEqualTo("ml/fine");
        assertThat(all(allowed, "*")).isEmpty();
    }

    @Test
    void aWarningIsAFailureWhereItIsToBe() throws Exception {
        String file = file("a.yaml", ReviewCommandTest.FINE.replace("a:1", "a:latest"));
        Element passed = parse(Run.of("review", "-o", "junit", "-f", file));
        assertThat(all(passed, "failure")).isEmpty();
        assertThat(all(passed, "system-out")).isNotEmpty();
        Element failed = parse(Run.of("review", "-o", "junit", "--fail-on", "warn", "-f", file));
        assertThat(all(failed, "failure"))
                .extracting(Element::getTextContent)
                .containsExactly(all(passed, "system-out").get(0).getTextContent());
        assertThat(all(failed, "system-out")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsAnError() throws Exception {
        String broken = file("broken.yaml", "kind: CronJob\nmetadata: {name: a\n");
        Element suites = parse(Run.of("review", "-o", "junit", "-f", "missing.yaml", "-f", broken));
        assertThat(all(suites, "testsuite"))
                .extracting(suite -> suite.getAttribute("name"))
                .containsExactly("missing.yaml", broken);
        assertThat(all(suites, "error"))
                .extracting(Element::getTextContent)
                .satisfiesExactly(
                        missing -> assertThat(missing).isEqualTo("missing.yaml: no such file or folder"),
                        unread -> assertThat(unread).startsWith(broken + ":3:1: not YAML: "));
    }

    @Test
    void twoOfOneNameAreTwo() throws Exception {
        String file = file("a.yaml", ReviewCommandTest.FINE + "---\n" + ReviewCommandTest.FINE);
        Element suites = parse(Run.of("review", "-o", "junit", "-f", file));
        assertThat(all(suites, "testcase"))
                .extracting(one -> one.getAttribute("name"))
                .containsExactly("ml/fine", "ml/fine (line 10)");
    }

    @Test
    void escapesWhatXmlReadsOtherwiseAndReplacesWhatItForbids() throws Exception {
        String odd = ReviewCommandTest.MOVING.replace(
                "name: churn", "name: \"<&>\\\"'\\t\\n\\r]]>\\x01\\x0b\\uFFFF\\uD83D\\uDE00\"");
        Element suites = parse(Run.of("review", "-o", "junit", "-f", file("a&b.yaml", odd)));
        assertThat(all(suites, "testcase").get(0).getAttribute("name"))
                .isEqualTo("ml/<&>\"'\t\n\r]]>\uFFFD\uFFFD\uFFFD\uD83D\uDE00");
        assertThat(all(suites, "testsuite").get(0).getAttribute("name")).endsWith("/a&b.yaml");
    }

    /** Parsed, and its structure checked: what is counted is there, and a case has one outcome. */
    private static Element parse(Run run) throws Exception {
        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(run.out())))
                .getDocumentElement();
        assertThat(suites.getTagName()).isEqualTo("testsuites");
        checkAttributes(suites);
        all(suites, "*").forEach(JunitReportTest::checkAttributes);
        checkCounts(suites);
        for (Element suite : children(suites)) {
            assertThat(suite.getTagName()).isEqualTo("testsuite");
            checkCounts(suite);
            assertThat(children(suite))
                    .isNotEmpty()
                    .allMatch(one -> one.getTagName().equals("testcase"))
                    .extracting(one -> one.getAttribute("name"))
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
            for (Element one : children(suite)) {
                assertThat(String.join(
                                " ",
                                children(one).stream().map(Element::getTagName).toList()))
                        .matches("(failure|error)?( ?system-out)?");
            }
        }
        return suites;
    }

    private static void checkAttributes(Element element) {
        String name = element.getTagName();
        NamedNodeMap attributes = element.getAttributes();
        List<String> there = IntStream.range(0, attributes.getLength())
                .mapToObj(i -> attributes.item(i).getNodeName())
                .toList();
        assertThat(ATTRIBUTES).containsKey(name);
        assertThat(there).as(name).isSubsetOf(ATTRIBUTES.get(name)).containsAll(NEEDED.get(name));
        assertThat(element.getAttribute("time")).matches("|\\d{1,3}");
    }

    private static void checkCounts(Element element) {
        assertThat(element.getAttribute("tests"))
                .isEqualTo(String.valueOf(all(element, "testcase").size()));
        assertThat(element.getAttribute("failures"))
                .isEqualTo(String.valueOf(all(element, "failure").size()));
        assertThat(element.getAttribute("errors"))
                .isEqualTo(String.valueOf(all(element, "error").size()));
    }

    private static List<Element> all(Element element, String name) {
        return elements(element.getElementsByTagName(name));
    }

    private static List<Element> children(Element element) {
        return elements(element.getChildNodes());
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .<Node>mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}

package dev.penstock.cli;

import dev.penstock.cli.ReviewCommand.FailOn;
import dev.penstock.yaml.Place;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For what shows the results of tests: JUnit's XML as Ant, Jenkins, GitLab and GitHub's reporters read it. A file is a test
 * suite, a pipeline in it a test case, and so is what could not be read.
 */
final class JunitReport {
    private static final String NAME = "penstock review";
    // Schemas ask for it; what a review takes is nothing to speak of.
    private static final String TIME = attribute("time", "0");

    private final PrintWriter out;
    private final FailOn failOn;

    private record TestCase(String file, String name, Place place, Optional<Problem> problem, List<String> warnings) {
        boolean hasProblem(String element) {
            return problem.filter(one -> one.element().equals(element)).isPresent();
        }
    }

    /**
     * Why a case did not pass. There is one at most: of several, readers show one.
     *
     * @param element {@code failure} or {@code error}
     * @param lines at least one
     */
    private record Problem(String element, String type, List<String> lines) {}

    /** @param failOn what is a failure */
    JunitReport(PrintWriter out, FailOn failOn) {
        this.out = out;
        this.failOn = failOn;
    }

    void write(ReviewReport report) {
        List<TestCase> cases = Stream.concat(
                        report.pipelines().stream().map(this::testCase),
                        report.errors().stream().map(JunitReport::testCase))
                .toList();
        out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        out.println("<testsuites" + totals(NAME, cases) + ">");
        cases.stream()
                .collect(Collectors.groupingBy(TestCase::file, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::writeSuite);
        out.println("</testsuites>");
    }

    private TestCase testCase(Reviewed pipeline) {
        String file = pipeline.file().name();
        List<String> failures = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Diagnostic diagnostic : pipeline.diagnostics()) {
            (failOn.includes(diagnostic.action()) ? failures : warnings)
                    .add(diagnostic.place().in(file) + ": " + diagnostic.level() + ": " + diagnostic.message());
        }
        String type = pipeline.isDenied() ? "denied" : "warned";
        Optional<Problem> problem =
                failures.isEmpty() ? Optional.empty() : Optional.of(new Problem("failure", type, failures));
        return new TestCase(file, pipeline.id(), pipeline.place(), problem, warnings);
    }

    private static TestCase testCase(Unread error) {
        return new TestCase(
                error.file(),
                "can be read",
                error.place(),
                Optional.of(new Problem("error", "unreadable", List.of(error.toString()))),
                List.of());
    }

    private void writeSuite(String file, List<TestCase> cases) {
        out.println("  <testsuite" + totals(file, cases) + attribute("skipped", 0) + ">");
        Set<String> names = new HashSet<>();
        for (TestCase one : cases) {
            // Of two that have the same name, GitLab shows the first.
            write(
                    one,
                    names.add(one.name())
                            ? one.name()
                            : one.name() + " (line " + one.place().line() + ")");
        }
        out.println("  </testsuite>");
    }

    private static String totals(String name, List<TestCase> cases) {
        return attribute("name", name)
                + attribute("tests", cases.size())
                + attribute("failures", count("failure", cases))
                + attribute("errors", count("error", cases))
                + TIME;
    }

    private static long count(String element, List<TestCase> cases) {
        return cases.stream().filter(one -> one.hasProblem(element)).count();
    }

    private void write(TestCase one, String name) {
        out.println("    <testcase" + attribute("classname", one.file()) + attribute("name", name)
                + attribute("file", one.file())
                + (one.place().isKnown() ? attribute("line", one.place().line()) : "") + TIME + ">");
        one.problem()
                .ifPresent(problem -> out.println("      <" + problem.element()
                        + attribute("message", problem.lines().get(0))
                        + attribute("type", problem.type()) + ">" + text(problem.lines()) + "</"
                        + problem.element() + ">"));
        if (!one.warnings().isEmpty()) {
            out.println("      <system-out>" + text(one.warnings()) + "</system-out>");
        }
        out.println("    </testcase>");
    }

    private static String attribute(String name, Object value) {
        return " " + name + "=\"" + escaped(value.toString()) + "\"";
    }

    private static String text(List<String> lines) {
        return lines.stream().map(JunitReport::escaped).collect(Collectors.joining("\n"));
    }

    /** As XML 1.0 has it, in a text or in quotes; what it has no way to write becomes U+FFFD. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';'); // else read as blanks
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** Char of XML 1.0, 2.2. */
    private static boolean isCharacter(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}

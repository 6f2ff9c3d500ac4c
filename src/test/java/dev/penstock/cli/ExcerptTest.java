package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.yaml.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            letters,a: bad # x,4,3,'   |^^^'
            an umlaut of one character,ä: bad,4,3,'   |^^^'
            an umlaut of two,a\u0308: bad,5,3,'   |^^^'
            a picture outside the BMP,😀: bad,4,3,'    |^^^'
            a picture of the BMP,✅: bad,4,3,'    |^^^'
            a picture in three parts,👩\u200D🚀: bad,6,3,'      |^^^'
            Chinese,漢字: 漢字,5,2,'      |^^^^'
            Korean,한: bad,4,3,'    |^^^'
            Japanese of half width,ｶ: bad,4,3,'   |^^^'
            a tab,'\ta:\tbad',5,3,'\t  \t|^^^'
            behind the end,a:,5,1,'  |^'
            longer than the line,a: bad,4,9,'   |^^^'
            """)
    void underlinesWhatIsShownThere(String story, String line, int column, int length, String below) {
        Excerpt excerpt = Excerpt.of(line, new Place(1, column, length), 70);
        assertThat(excerpt.shown()).isEqualTo(line);
        assertThat(excerpt.indent() + "|" + excerpt.underline()).isEqualTo(below);
    }

    @Test
    void ofALongLineShowsWhatHasRoom() {
        String line = "漢".repeat(50) + "bad" + "😀".repeat(50);
        Excerpt excerpt = Excerpt.of(line, new Place(1, 51, 3), 20);
        assertThat(excerpt).isEqualTo(new Excerpt("漢漢bad" + "😀".repeat(6), "    ", "^^^"));
    }

    @Test
    void ofALongLineShowsTheEnd() {
        String line = "x".repeat(50) + "bad";
        assertThat(Excerpt.of(line, new Place(1, 51, 3), 20))
                .isEqualTo(new Excerpt("x".repeat(17) + "bad", " ".repeat(17), "^^^"));
    }

    @Test
    void aTerminalDoesNotObeyIt() {
        assertThat(Excerpt.of("\u009B2J\u202Ea\u0007", new Place(1, 5, 1), 20).shown())
                .isEqualTo("\uFFFD2J\uFFFDa\uFFFD");
    }
}

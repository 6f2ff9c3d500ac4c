package dev.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsItsColumns() {
        Table table = new Table(40);
        table.add("FIELD", "VALUE");
        table.add("schedule", "0 1 * * *");

        assertThat(table.lines()).containsExactly("FIELD     VALUE", "schedule  0 1 * * *");
    }

    @Test
    void wrapsTheWidestColumn() {
        Table table = new Table(31);
        table.add("image", "registry.example.com/churn:1.4.2", "x");

        assertThat(table.lines()).containsExactly("image  registry.example.com/  x", "       churn:1.4.2");
    }

    @Test
    void breaksAtABlankBeforeAPunctuationMark() {
        Table table = new Table(24);
        table.add("annotation penstock.dev/image");

        assertThat(table.lines()).containsExactly("annotation", "penstock.dev/image");
    }

    @Test
    void breaksAWordThatIsTooLong() {
        Table table = new Table(4);
        table.add("abcdefg");

        assertThat(table.lines()).containsExactly("abcd", "efg");
    }
}

package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        the name itself              , latest      , latest       , true
        another name                 , latest      , latest-1     , false
        a part of the name           , late        , latest       , false
        another case                 , Latest      , latest       , false
        any name                     , *           , latest       , true
        any name even none           , *           , ''           , true
        a beginning                  , dev-*       , dev-7        , true
        a beginning alone            , dev-*       , dev-         , true
        another beginning            , dev-*       , prod-7       , false
        an end                       , *-rc        , 1.0-rc       , true
        another end                  , *-rc        , 1.0-rc1      , false
        both ends                    , v*-rc       , v1-rc        , true
        ends that overlap            , ab*ba       , aba          , false
        something in the middle      , *dev*       , 1-dev-7      , true
        a star that must go further  , *ab         , aab          , true
        stars one after another      , a**b        , ab           , true
        nothing but none             , ''          , ''           , true
        nothing and something        , ''          , a            , false
        a dot is a dot               , 1.0         , 1x0          , false
        a question mark is one       , 1?          , 12           , false
        a bracket is one             , [ab]        , a            , false
        """)
    void matchesTheWholeName(String story, String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void endsForAHostilePattern() {
        assertThat(new Glob("*a".repeat(500) + "*b").matches("a".repeat(5_000))).isFalse();
    }

    @Test
    void isListedAsItIsWritten() {
        assertThat(Glob.list(Glob.of(List.of("v*", "stable")))).isEqualTo("v*, stable");
    }
}

package dev.penstock.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of zones. What is accepted and what is refused here was seen on kube-apiserver 1.34.4 and 1.37.2. */
class TimeZonesTest {

    @Test
    void findsEveryNameThatKubernetesKnows() throws IOException {
        // The entries of lib/time/zoneinfo.zip of Go 1.26.8, IANA 2025c.
        try (InputStream names = TimeZonesTest.class.getResourceAsStream("go-time-zones.txt")) {
            assertThat(names).isNotNull();
            List<String> known = new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(known)
                    .hasSize(598)
                    .allSatisfy(name -> assertThat(TimeZones.find(name)).isPresent());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Europe/Berlin, +02:00",
        "UTC, Z",
        "Etc/GMT-3, +03:00",
        "EST, -05:00",
        "MST, -07:00",
        "HST, -10:00",
        "ROC, +08:00",
        "GMT+0, Z",
        "GMT-0, Z",
        "Factory, Z",
        "EST5EDT, -04:00",
        "America/Coyhaique, -03:00",
    })
    void isTheZoneOfThatName(String name, String offsetInJuly2026) {
        assertThat(TimeZones.find(name))
                .map(zone -> zone.getRules()
                        .getOffset(Instant.parse("2026-07-01T00:00:00Z"))
                        .getId())
                .hasValue(offsetInJuly2026);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                " ",
                "Local",
                "local",
                "europe/berlin",
                "EUROPE/BERLIN",
                "Berlin",
                "Europe",
                "Asia",
                "Asia/Delhi",
                "Europe/",
                "/Europe/Berlin",
                "Europe//Berlin",
                "Europe/../UTC",
                "Europe/Berlin ",
                "Europe/Berlin\n",
                "Europe\\Berlin",
                "UTC+3",
                "GMT+1",
                "GMT+01:00",
                "UT+1",
                "+03:00",
                "Z",
                "z",
                "utc",
                "PST",
                "BST",
                "CEST",
                "SystemV/PST8",
                "US/Pacific-New",
                "posix/Europe/Berlin",
                "zone.tab",
            })
    void doesNotFind(String name) {
        assertThat(TimeZones.find(name)).isEmpty();
    }

    @Test
    void findsNoneOfTheZonesThatOnlyTheJdkHas() {
        assertThat(ZoneId.getAvailableZoneIds())
                .filteredOn(id -> id.startsWith("SystemV/"))
                .allSatisfy(id -> assertThat(TimeZones.find(id)).isEmpty());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        lower case            | europe/berlin       | Europe/Berlin
        blanks                | America/Los Angeles | America/Los_Angeles
        the city alone        | Berlin              | Europe/Berlin
        another continent     | Germany/Berlin      | Europe/Berlin
        two names of one zone | Buenos Aires        | America/Argentina/Buenos_Aires
        a slip                | Europe/Berlni       | Europe/Berlin
        a slip in the city    | Londn               | Europe/London
        a hyphen              | America/New-York    | America/New_York
        an offset             | UTC+3               | Etc/GMT-3
        an offset as in ISO   | -05:00              | Etc/GMT+5
        letter case alone     | utc                 | UTC
        found already         | Europe/Berlin       | Europe/Berlin
        """)
    void guesses(String story, String name, String nearest) {
        assertThat(TimeZones.nearest(name)).hasValue(nearest);
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                "  ",
                "Local",
                "PST",
                "EDT",
                "BST",
                "Europe/Munich",
                "Europe",
                "Etc/GMT+15",
                "UTC+03:30",
                "West",
                "nowhere/at/all",
                "/"
            })
    void doesNotGuess(String name) {
        assertThat(TimeZones.nearest(name)).isEmpty();
    }

    @Test
    void doesNotPonderALongName() {
        assertThat(TimeZones.nearest("Europe/Berlin".repeat(100_000))).isEmpty();
    }
}

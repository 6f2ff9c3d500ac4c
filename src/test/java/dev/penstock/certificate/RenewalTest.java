package dev.penstock.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What replicas hold next, whatever they find and whatever the time is. */
class RenewalTest {
    private static final Instant NOW = Instant.parse("2026-01-31T01:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Renewal RENEWAL = renewal("penstock");

    private static Renewal renewal(String service) {
        return new Renewal(Names.ofService(service, "penstock-system", List.of("::1")), YEAR, DAY.multipliedBy(7));
    }

    private static Holding first(Instant now) throws GeneralSecurityException {
        return RENEWAL.next(Map.of(), Optional.empty(), Bundle.NONE, now);
    }

    @Test
    void makesWhatThereIsNot() throws Exception {
        Holding holding = first(NOW);
        assertThat(holding.authority().certificate().getNotAfter()).isEqualTo(NOW.plus(YEAR));
        assertThat(holding.leaf().certificate().getNotAfter()).isEqualTo(NOW.plus(DAY.multipliedBy(7)));
        assertThat(holding.leaf().certificate().getSubjectAlternativeNames().stream()
                        .map(name -> (Object) name.get(1)))
                .containsExactlyInAnyOrder(
                        "penstock.penstock-system.svc",
                        "penstock.penstock-system.svc.cluster.local",
                        "0:0:0:0:0:0:0:1");
        assertThat(holding.previous()).isEmpty();
        assertThat(holding.trusted().trusts(holding.leaf(), NOW)).isTrue();
        assertThat(holding.data()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt", "ca.key");
    }

    /** What becomes of the two: kept as they are, or made anew. */
    private enum Fate {
        BOTH_STAY,
        NEW_LEAF,
        BOTH_NEW
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of("a moment later", Duration.ofSeconds(2), Fate.BOTH_STAY),
                Arguments.of("another clock is a little behind", Duration.ofMinutes(-4), Fate.BOTH_STAY),
                Arguments.of("before the leaf's last third", Duration.ofHours(111), Fate.BOTH_STAY),
                Arguments.of("in the leaf's last third", Duration.ofHours(113), Fate.NEW_LEAF),
                Arguments.of("after the leaf's end", DAY.multipliedBy(8), Fate.NEW_LEAF),
                Arguments.of("before the authority's last third", DAY.multipliedBy(243), Fate.NEW_LEAF),
                Arguments.of("in the authority's last third", DAY.multipliedBy(244), Fate.BOTH_NEW),
                Arguments.of("the clock jumps by a year", YEAR.plus(DAY), Fate.BOTH_NEW),
                Arguments.of("the clock jumps back by a year", YEAR.negated(), Fate.BOTH_NEW));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void renewsInTime(String story, Duration later, Fate fate) throws Exception {
        Holding holding = first(NOW);
        Instant then = NOW.plus(later);
        for (Optional<Holding> before : List.of(Optional.<Holding>empty(), Optional.of(holding))) {
            Holding next = RENEWAL.next(holding.data(), before, holding.trusted(), then);
            assertFate(holding, next, fate);
            assertThat(next.trusted().trusts(next.leaf(), then)).isTrue();
            assertStays(next, then);
        }
    }

    private static void assertFate(Holding holding, Holding next, Fate fate) {
        assertThat(next.authority().equals(holding.authority())).isEqualTo(fate != Fate.BOTH_NEW);
        assertThat(next.leaf().equals(holding.leaf())).isEqualTo(fate == Fate.BOTH_STAY);
    }

    /** Also for a replica that knows nothing, and whatever clients trust besides. */
    private static void assertStays(Holding holding, Instant now) throws GeneralSecurityException {
        assertThat(RENEWAL.next(holding.data(), Optional.of(holding), Bundle.NONE, now)
                        .isIn(holding.data()))
                .isTrue();
        assertThat(RENEWAL.next(holding.data(), Optional.empty(), holding.trusted(), now)
                        .isIn(holding.data()))
                .isTrue();
    }

    @Test
    void theAuthorityBeforeIsTrustedAsLongAsItsLeavesCanBeShown() throws Exception {
        Holding holding = first(NOW);
        Instant renewal = NOW.plus(DAY.multipliedBy(244));
        Holding old = RENEWAL.next(holding.data(), Optional.of(holding), holding.trusted(), renewal.minus(DAY));
        Holding next = RENEWAL.next(old.data(), Optional.of(old), old.trusted(), renewal);
        assertThat(next.authority()).isNotEqualTo(old.authority());
        assertThat(next.trusted().trusts(old.leaf(), renewal)).isTrue();

        Instant lastMoment = old.leaf().certificate().getNotAfter().toInstant();
        Holding meanwhile = RENEWAL.next(next.data(), Optional.of(next), next.trusted(), lastMoment);
        assertThat(meanwhile.trusted().trusts(old.leaf(), lastMoment)).isTrue();

        Holding after = RENEWAL.next(
                meanwhile.data(), Optional.of(meanwhile), meanwhile.trusted(), renewal.plus(DAY.multipliedBy(7)));
        assertThat(after.previous()).isEmpty();
        assertThat(after.authority()).isEqualTo(next.authority());
    }

    @Test
    void aClockThatWasWrongLeavesNothingForAYear() throws Exception {
        Holding holding = first(NOW.plus(YEAR));
        Holding next = RENEWAL.next(holding.data(), Optional.of(holding), holding.trusted(), NOW);
        assertThat(next.previous()).containsExactly(holding.authority().certificate());
        Map<String, byte[]> late = new HashMap<>(next.data());
        late.put(Holding.UNTIL, bytes(NOW.plus(YEAR).toString()));
        assertThat(RENEWAL.next(late, Optional.of(next), next.trusted(), NOW).until())
                .isEqualTo(NOW.plus(DAY.multipliedBy(7)));
    }

    static Stream<Arguments> damages() {
        byte[] garbage = bytes("garbage");
        byte[] cut = bytes("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        return Stream.of(
                Arguments.of("no certificate", Map.of("tls.crt", bytes(""))),
                Arguments.of("a garbled certificate", Map.of("tls.crt", garbage)),
                Arguments.of("a certificate cut short", Map.of("tls.crt", cut)),
                Arguments.of("a garbled key", Map.of("tls.key", garbage)),
                Arguments.of("a garbled authority", Map.of("ca.crt", garbage)),
                Arguments.of("an authority cut short", Map.of("ca.crt", cut)),
                Arguments.of("a garbled key of the authority", Map.of("ca.key", garbage)),
                Arguments.of(
                        "nothing of it is left", Map.of("tls.crt", cut, "tls.key", cut, "ca.crt", cut, "ca.key", cut)),
                Arguments.of(
                        "bytes that are no text", Map.of("ca.key", new byte[] {-1, 0, 5}, "tls.key", new byte[] {-1})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void putsBackWhatIsDamaged(String story, Map<String, byte[]> damage) throws Exception {
        Holding holding = first(NOW);
        Map<String, byte[]> found = new HashMap<>(holding.data());
        found.putAll(damage);
        assertThat(RENEWAL.next(found, Optional.of(holding), holding.trusted(), NOW))
                .isEqualTo(holding);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aReplicaThatStartsWithDamageGoesOnFromWhatClientsTrust(String story, Map<String, byte[]> damage)
            throws Exception {
        Holding holding = first(NOW);
        Map<String, byte[]> found = new HashMap<>(holding.data());
        found.putAll(damage);
        Holding next = RENEWAL.next(found, Optional.empty(), holding.trusted(), NOW);
        // Replicas that were there before still show the old one, until they see this.
        assertThat(next.trusted().trusts(holding.leaf(), NOW)).isTrue();
        assertThat(next.trusted().trusts(next.leaf(), NOW)).isTrue();
        assertStays(next, NOW);
    }

    @Test
    void putsBackWhatIsDeleted() throws Exception {
        Holding holding = first(NOW);
        assertThat(RENEWAL.next(Map.of(), Optional.of(holding), Bundle.NONE, NOW))
                .isEqualTo(holding);
    }

    @Test
    void takesAnAuthorityThatSomebodyElsePutThere() throws Exception {
        Holding holding = first(NOW);
        Holding foreign = first(NOW);
        Holding next = RENEWAL.next(foreign.data(), Optional.of(holding), holding.trusted(), NOW);
        assertThat(next.authority()).isEqualTo(foreign.authority());
        assertThat(next.leaf()).isEqualTo(foreign.leaf());
        assertThat(next.trusted().trusts(holding.leaf(), NOW)).isTrue();
        assertStays(next, NOW);

        Map<String, byte[]> authorityAlone = new HashMap<>(holding.data());
        authorityAlone.put("ca.crt", foreign.data().get("ca.crt"));
        authorityAlone.put("ca.key", foreign.data().get("ca.key"));
        Holding other = RENEWAL.next(authorityAlone, Optional.of(holding), holding.trusted(), NOW);
        assertThat(other.authority()).isEqualTo(foreign.authority());
        assertThat(other.trusted().trusts(other.leaf(), NOW)).isTrue();
        assertThat(other.trusted().trusts(holding.leaf(), NOW)).isTrue();
    }

    @Test
    void takesNoLeafForAnAuthority() throws Exception {
        Holding holding = first(NOW);
        Map<String, byte[]> found = new HashMap<>(holding.data());
        found.put("ca.crt", found.get("tls.crt"));
        found.put("ca.key", found.get("tls.key"));
        assertThat(RENEWAL.next(found, Optional.of(holding), holding.trusted(), NOW)
                        .authority())
                .isEqualTo(holding.authority());
    }

    @Test
    void aLeafOfAnotherAuthorityIsReplaced() throws Exception {
        Holding holding = first(NOW);
        Map<String, byte[]> found = new HashMap<>(holding.data());
        found.put("tls.crt", first(NOW).data().get("tls.crt"));
        assertThat(RENEWAL.next(found, Optional.of(holding), holding.trusted(), NOW))
                .isEqualTo(holding);
    }

    @Test
    void anotherNameNeedsAnotherLeaf() throws Exception {
        Holding holding = first(NOW);
        Holding next = renewal("other").next(holding.data(), Optional.empty(), holding.trusted(), NOW);
        assertFate(holding, next, Fate.NEW_LEAF);
        // One name more than asked for is no reason: replicas of before and after may run side by side.
        Renewal fewer = new Renewal(new Names(List.of("other.penstock-system.svc")), YEAR, DAY);
        assertFate(next, fewer.next(next.data(), Optional.empty(), next.trusted(), NOW), Fate.BOTH_STAY);
    }

    @Test
    void replicasThatWereStartedWithOtherValiditiesAgree() throws Exception {
        Holding holding = first(NOW);
        Renewal shorter = new Renewal(RENEWAL.names(), DAY, Duration.ofHours(1));
        Holding next = shorter.next(holding.data(), Optional.empty(), holding.trusted(), NOW);
        assertFate(holding, next, Fate.BOTH_STAY);
        Holding brief = shorter.next(Map.of(), Optional.empty(), Bundle.NONE, NOW);
        assertFate(brief, RENEWAL.next(brief.data(), Optional.empty(), brief.trusted(), NOW), Fate.BOTH_STAY);
    }

    @Test
    void authoritiesDoNotPileUp() throws Exception {
        Holding holding = first(NOW);
        for (int i = 0; i < 10; i++) {
            holding = RENEWAL.next(first(NOW).data(), Optional.of(holding), holding.trusted(), NOW);
        }
        assertThat(holding.previous()).hasSize(3);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.penstock.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.docs.Scrape;
import dev.penstock.manifest.Yaml;
import dev.penstock.policy.DocumentId;
import dev.penstock.policy.Documents;
import dev.penstock.policy.InvalidPolicyException;
import dev.penstock.policy.PolicyDocument;
import dev.penstock.review.InForce;
import dev.penstock.review.Reviewer;
import dev.penstock.review.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyMetersTest {
    private static final String READY = "penstock_policy_ready";
    private static final String EXPIRY = "penstock_exemption_expiry_timestamp_seconds";

    private final TestRegistry registry = new TestRegistry();
    private final List<Standing> standings = new ArrayList<>();
    private boolean loaded = true;
    private boolean followed = true;

    PolicyMetersTest() {
        registry.register(new PolicyMeters(new InForce() {
            @Override
            public Reviewer get() {
                throw new IllegalStateException("not asked");
            }

            @Override
            public boolean isReady() {
                return loaded;
            }

            @Override
            public boolean isFollowed() {
                return followed;
            }

            @Override
            public List<Standing> standings() {
                return standings;
            }
        }));
    }

    @Test
    void tellsOfTheBuiltInPolicyAloneWhetherAllIsLoaded() {
        assertThat(ready("built-in")).isEqualTo(1);
        loaded = false;
        assertThat(ready("built-in")).isZero();
        assertThat(scrape().named(READY)).hasSize(1);
    }

    @Test
    void tellsWhetherWhatChangesIsHeardOf() {
        assertThat(scrape().value("penstock_policies_followed", Map.of())).isEqualTo(1);
        followed = false;
        assertThat(scrape().value("penstock_policies_followed", Map.of())).isZero();
    }

    @Test
    void tellsWhichPolicyCannotBeUsedAsLongAsItIsThere() throws InvalidPolicyException {
        standings.add(standing(true, policy("good", "{}")));
        standings.add(standing(false, policy("bad", "{}")));
        assertThat(ready("good")).isEqualTo(1);
        assertThat(ready("bad")).isZero();
        standings.clear();
        assertThat(scrape().values(READY, "policy")).containsExactly("built-in");
    }

    @Test
    void hasOneSeriesForAllThatTeamsMake() {
        for (int i = 0; i < 1_000; i++) {
            standings.add(
                    new Standing(new DocumentId("PipelineDefaults", "team-" + i, "d"), i != 500, Optional.empty()));
        }
        assertThat(scrape().named(READY)).hasSize(2);
        assertThat(ready("PipelineDefaults")).isZero();
        standings.remove(500);
        assertThat(ready("PipelineDefaults")).isEqualTo(1);
    }

    @Test
    void hasNoSeriesTwiceWhateverDocumentsAreCalled() throws InvalidPolicyException {
        standings.add(standing(true, policy("one", "{}")));
        standings.add(new Standing(new DocumentId("Pod", "", "one"), false, Optional.empty()));
        standings.add(new Standing(new DocumentId("PipelinePolicy", "", "built-in"), false, Optional.empty()));
        assertThat(scrape().named(READY)).hasSize(2).allMatch(sample -> sample.value() == 0);
    }

    @Test
    void tellsWhenAnExemptionEndsWhichIsAfterItsLastDay() throws InvalidPolicyException {
        standings.add(standing(
                true,
                policy(
                        "one",
                        "{exemptions: [{rules: [imageTag], reason: r},"
                                + " {rules: [imageTag], reason: r, expires: 1970-01-31}]}")));
        assertThat(scrape().named(EXPIRY)).hasSize(1);
        assertThat(scrape().value(EXPIRY, Map.of("policy", "one", "exemption", "1")))
                .isEqualTo(31 * 86_400);
    }

    private static Standing standing(boolean ready, PolicyDocument policy) {
        return new Standing(policy.id(), ready, Optional.of(policy));
    }

    private static PolicyDocument policy(String name, String spec) throws InvalidPolicyException {
        return Documents.read(Yaml.tree("{apiVersion: penstock.dev/v1alpha1, kind: PipelinePolicy, metadata: {name: "
                + name + "}, spec: " + spec + "}"));
    }

    private double ready(String policy) {
        return scrape().value(READY, Map.of("policy", policy));
    }

    private Scrape scrape() {
        return registry.scrape();
    }
}

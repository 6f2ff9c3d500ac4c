package dev.penstock.intent;

import dev.penstock.controlplane.ControlPlane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What all scenarios begin and end with. */
class Scenarios {
    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    ControlPlane controlPlane;

    @SuppressWarnings("NullAway.Init") // set before the first test
    Workbench bench;

    @BeforeParameterizedClassInvocation
    void install(ControlPlane controlPlane) {
        bench = Workbench.on(controlPlane);
    }

    @BeforeEach
    void beginWithTheFirstPolicy() {
        bench.policy(Policies.ONE);
    }

    @AfterEach
    void everyReviewIsRepeatable() {
        bench.clear();
    }

    @AfterParameterizedClassInvocation
    void uninstall() {
        bench.close();
    }
}

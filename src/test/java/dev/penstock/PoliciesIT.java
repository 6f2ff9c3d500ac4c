package dev.penstock;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same over the packaged program: the jar, or the native image where that was built. */
@QuarkusIntegrationTest
class PoliciesIT extends PoliciesTest {}

package dev.penstock.review;

import dev.penstock.policy.DocumentId;
import dev.penstock.policy.PolicyDocument;
import java.util.Optional;

/**
 * How a document stands.
 *
 * @param ready whether it is in force as it is now; else it cannot be used
 * @param inForce the version that is in force, which may be one before; empty where none is
 */
public record Standing(DocumentId id, boolean ready, Optional<PolicyDocument> inForce) {}

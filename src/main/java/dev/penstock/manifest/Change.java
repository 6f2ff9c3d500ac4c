package dev.penstock.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One default that was written.
 *
 * @param path the field
 * @param before what it held; a missing node where it was absent
 * @param value what it holds now
 * @param reason where the value came from
 */
public record Change(FieldPath path, JsonNode before, JsonNode value, Reason reason) {}

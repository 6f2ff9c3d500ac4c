package dev.penstock.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What became of a sample.
 *
 * @param question what was asked for
 * @param answer what was said to it, line by line
 * @param sent the object as it reached the webhook
 * @param stored the object as it is kept; empty where it was refused
 */
record Outcome(String question, List<String> answer, ObjectNode sent, Optional<ObjectNode> stored) {}

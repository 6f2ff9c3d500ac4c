package dev.penstock.docs;

import java.util.Set;

/**
 * A metric as it is told of, or scraped.
 *
 * @param type such as {@code counter}
 * @param labels their names, without that of a histogram's buckets
 */
public record Metric(String type, Set<String> labels) {}

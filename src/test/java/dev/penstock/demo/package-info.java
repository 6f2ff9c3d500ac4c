/** {@code ./penstock demo}: the samples on a real API server, and what became of them. Nothing else depends on it. */
@NullMarked
package dev.penstock.demo;

import org.jspecify.annotations.NullMarked;

/**
 * The custom resources' definitions in {@code deploy/crds}, and the types that they are generated from. The types are there for
 * shape and words alone: no program reads a document into them, so that nothing that they do not know is lost.
 */
@NullMarked
package dev.penstock.crd;

import org.jspecify.annotations.NullMarked;

/** What is shipped in {@code deploy/}: rendered, applied to real API servers, and taken away again. */
@NullMarked
package dev.penstock.deploy;

import org.jspecify.annotations.NullMarked;

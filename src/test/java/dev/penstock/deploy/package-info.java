/** What is shipped in {@code deploy/}: rendered, applied to real API servers, and taken away again. */
package dev.penstock.deploy;

/** What is watched in a cluster: policies and namespaces; and certificates, kept there. The only package that asks an API server. */
@NullMarked
package dev.penstock.cluster;

import org.jspecify.annotations.NullMarked;

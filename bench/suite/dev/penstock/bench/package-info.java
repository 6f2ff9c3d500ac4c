/** What the program takes, beside what others take on the same machine at the same time. Never shipped. */
@NullMarked
package dev.penstock.bench;

import org.jspecify.annotations.NullMarked;

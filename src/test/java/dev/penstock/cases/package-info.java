/** One set of cases for every face of the program. */
@NullMarked
package dev.penstock.cases;

import org.jspecify.annotations.NullMarked;

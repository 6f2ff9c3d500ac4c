/** Words for people: how many there are, which word was meant, what is shown of a long text, or of any text in a log. Knows nothing of this program. */
@NullMarked
package dev.penstock.text;

import org.jspecify.annotations.NullMarked;

/** Files of YAML and JSON, read as kubectl reads them. Knows Jackson and SnakeYAML, and nothing else of this program. */
@NullMarked
package dev.penstock.yaml;

import org.jspecify.annotations.NullMarked;

package dev.penstock.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a policy says of tags. */
record PolicyImage(
        @Size(max = Cel.NAME)
        @ValidationRule(value = Cel.TAG, message = Cel.NO_TAG)
        @JsonPropertyDescription(Words.IMAGE_TAG)
        String tag,

        @Size(max = Cel.LIST)
        @ValidationRule(value = Cel.TAGS, message = Cel.NO_TAG)
        @JsonPropertyDescription(
                "Tags that move, beside latest and those of other policies: images with them are pulled Always.")
        List<@Size(max = Cel.NAME) String> mutableTags) {}

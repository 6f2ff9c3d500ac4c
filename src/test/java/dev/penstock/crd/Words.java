package dev.penstock.crd;

/** What fields mean that there are in several places. */
final class Words {
    static final String CONTAINER_NAME =
            "What a container is called that is made because a manifest has none: lower-case letters, digits and -, at most 63."
                    + " Left out: others decide.";
    static final String TASK =
            "What ${task} stands for where the annotation penstock.dev/task names none. Left out: others decide.";
    static final String ARGUMENTS =
            "Arguments of the main container, where it has neither args nor command, such as [\"--task\", \"${task}\"]; an empty"
                    + " list says that there are none. The main container is the one that the annotation"
                    + " kubectl.kubernetes.io/default-container names, else the first. Left out: others decide.";
    static final String IMAGE = "Tags of images.";
    static final String IMAGE_TAG =
            "What an image without tag and digest gets, such as stable. Left out: others decide; the built-in policy leaves such"
                    + " an image as it is.";
    static final String DEFAULTS =
            "A CronJob of which anything may be left out, laid under every pipeline: it fills in what the author left out and"
                    + " never overrides. ${task}, ${name}, ${namespace} and ${profile} stand for what they say in every string,"
                    + " $${ for a literal ${.";

    private Words() {}
}

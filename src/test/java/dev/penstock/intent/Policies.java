package dev.penstock.intent;

/** What the platform team decides, one policy after the other. */
final class Policies {
    /** A value of every kind: where Kubernetes has a default of its own, where it has none, and in lists with a key. */
    static final String ONE = """
            apiVersion: penstock.dev/v1alpha1
            kind: PipelinePolicy
            metadata: {name: one}
            spec:
              arguments: ["--task", "${task}"]
              image: {tag: stable, mutableTags: [stable, latest]}
              defaults:
                spec:
                  schedule: 0 1 * * *
                  concurrencyPolicy: Forbid
                  successfulJobsHistoryLimit: 5
                  jobTemplate:
                    spec:
                      backoffLimit: 2
                      template:
                        spec:
                          restartPolicy: OnFailure
                          containers:
                            - name: "*"
                              env: [{name: LOG_LEVEL, value: info}]
                              resources: {requests: {memory: 1Gi}}
                          volumes: [{name: scratch, emptyDir: {}}]
            """;

    /** Four values are others. */
    static final String TWO = ONE.replace("name: one", "name: two")
            .replace("0 1 * * *", "0 2 * * *")
            .replace("concurrencyPolicy: Forbid", "concurrencyPolicy: Replace")
            .replace("backoffLimit: 2", "backoffLimit: 3")
            .replace("value: info", "value: debug");

    /** What is not needed is not there. */
    static final String LESS = ONE.replace("name: one", "name: less")
            .replaceAll(" *(concurrencyPolicy|backoffLimit|successfulJobsHistoryLimit|env|volumes): .*\n", "");

    private Policies() {}
}

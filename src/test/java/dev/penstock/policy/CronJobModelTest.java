package dev.penstock.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.FieldPath;
import dev.penstock.manifest.WrongTypeException;
import dev.penstock.manifest.Yaml;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields that a policy's defaults may name are those of the Kubernetes client's CronJob. {@code -Dmodel.write=true} rewrites them. */
class CronJobModelTest {
    private static final Path FILE = Path.of("src/main/resources/cron-job-model.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedMap<String, SortedMap<String, String>> types = new TreeMap<>();

    @Test
    void isThatOfTheClient() throws Exception {
        type(JSON.constructType(CronJob.class));
        String model = JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(types) + "\n";
        if (Boolean.getBoolean("model.write")) {
            Files.writeString(FILE, model);
        }
        assertThat(Files.readString(FILE)).isEqualTo(model);
    }

    private String type(JavaType type) {
        if (type.isMapLikeType()) {
            return "{" + type(type.getContentType()) + "}";
        }
        if (type.isCollectionLikeType()) {
            return "[" + type(type.getContentType()) + "]";
        }
        Class<?> raw = type.getRawClass();
        if (raw == String.class) {
            return "string";
        } else if (raw == Integer.class || raw == int.class) {
            return "int32";
        } else if (raw == Long.class || raw == long.class) {
            return "int64";
        } else if (raw == Boolean.class) {
            return "boolean";
        } else if (raw == Quantity.class) {
            return "quantity";
        } else if (!raw.getPackageName().startsWith("io.fabric8.kubernetes.api.model")
                || raw.getSimpleName().equals("IntOrString")) {
            return "any";
        }
        String name = raw.getSimpleName();
        if (types.putIfAbsent(name, new TreeMap<>()) == null) {
            for (BeanPropertyDefinition property :
                    JSON.getSerializationConfig().introspect(type).findProperties()) {
                types.get(name).put(property.getName(), type(property.getPrimaryType()));
            }
        }
        return name;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a good one        | {spec: {suspend: true, jobTemplate: {spec: {backoffLimit: 2}}}}      | -
        a misspelt field  | {spec: {concurencyPolicy: Forbid}}                                   | spec.concurencyPolicy: no field of a CronJobSpec in Kubernetes; did you mean concurrencyPolicy?
        one of nowhere    | {spec: {jobTemplate: {spec: {template: {spec: {gpus: 2}}}}}}         | spec.jobTemplate.spec.template.spec.gpus: no field of a PodSpec in Kubernetes
        one of the Job    | {spec: {activeDeadlineSeconds: 3}}                                   | spec.activeDeadlineSeconds: no field of a CronJobSpec in Kubernetes; it belongs in spec.jobTemplate.spec
        one of its pods   | {spec: {jobTemplate: {spec: {restartPolicy: Never}}}}                | spec.jobTemplate.spec.restartPolicy: no field of a JobSpec in Kubernetes; it belongs in spec.jobTemplate.spec.template.spec
        one of containers | {spec: {jobTemplate: {spec: {template: {spec: {args: [a]}}}}}}       | spec.jobTemplate.spec.template.spec.args: no field of a PodSpec in Kubernetes; it belongs in spec.jobTemplate.spec.template.spec.containers[]
        one of further out | {spec: {jobTemplate: {spec: {schedule: '@daily'}}}}                 | spec.jobTemplate.spec.schedule: no field of a JobSpec in Kubernetes; it belongs in spec
        a level left out  | {spec: {jobTemplate: {backoffLimit: 2}}}                             | spec.jobTemplate.backoffLimit: no field of a JobTemplateSpec in Kubernetes; it belongs in spec.jobTemplate.spec
        what no level has | {spec: {metadata: {}}}                                               | spec.metadata: no field of a CronJobSpec in Kubernetes
        within a probe    | {spec: {jobTemplate: {spec: {template: {spec: {containers: [{livenessProbe: {command: [a]}}]}}}}}} | spec.jobTemplate.spec.template.spec.containers[0].livenessProbe.command: no field of a Probe in Kubernetes
        of another type   | {spec: {suspend: maybe}}                                             | spec.suspend: must be true or false
        text for a number | {spec: {startingDeadlineSeconds: '60'}}                              | spec.startingDeadlineSeconds: must be a whole number
        a long of 64 bits | {spec: {startingDeadlineSeconds: 3000000000}}                        | -
        more than 32 bits | {spec: {successfulJobsHistoryLimit: 2147483648}}                     | spec.successfulJobsHistoryLimit: must be a whole number of 32 bits, -2147483648 to 2147483647
        more than 64 bits | {spec: {startingDeadlineSeconds: 9223372036854775808}}               | spec.startingDeadlineSeconds: must be a whole number of 64 bits, -9223372036854775808 to 9223372036854775807
        a list            | {spec: {jobTemplate: {spec: {template: {spec: {volumes: {}}}}}}}     | spec.jobTemplate.spec.template.spec.volumes: must be a list
        an object         | {spec: {jobTemplate: []}}                                            | spec.jobTemplate: must be an object
        """)
    void namesWhatNoCronJobHas(String story, String cronJob, String problem) {
        assertThat(problems(cronJob)).isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a probe's port by number | {livenessProbe: {httpGet: {port: 8080}}}
        a probe's port by name   | {livenessProbe: {httpGet: {port: web}}}
        a quantity as a number   | {resources: {limits: {cpu: 0.5, nvidia.com/gpu: 1}}}
        a value from elsewhere   | {env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}}}]}
        capabilities             | {securityContext: {capabilities: {drop: [ALL]}, runAsNonRoot: true}}
        """)
    void knowsWhatContainersHave(String story, String container) {
        assertThat(problems("{spec: {jobTemplate: {spec: {template: {spec: {containers: [" + container + "]}}}}}}"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a label of digits        | {metadata: {labels: {cost-centre: 4711}}}      | metadata.labels[cost-centre]: must be a string, but is a number: put it in quotes
        an annotation of digits  | {metadata: {annotations: {build: 17}}}         | metadata.annotations[build]: must be a string, but is a number: put it in quotes
        one of the pods          | {spec: {jobTemplate: {spec: {template: {metadata: {labels: {a: true}}}}}}} | spec.jobTemplate.spec.template.metadata.labels[a]: must be a string, but is a boolean: put it in quotes
        a boolean in quotes      | {spec: {suspend: 'true'}}                      | spec.suspend: must be true or false, but is a string
        a word for a boolean     | {spec: {jobTemplate: {spec: {template: {spec: {hostNetwork: 'yes'}}}}}} | spec.jobTemplate.spec.template.spec.hostNetwork: must be true or false, but is a string
        a number in quotes       | {spec: {successfulJobsHistoryLimit: '3'}}      | spec.successfulJobsHistoryLimit: must be a whole number, but is a string
        a fraction               | {spec: {failedJobsHistoryLimit: 1.5}}          | spec.failedJobsHistoryLimit: must be a whole number, but is a fraction
        one of more than 32 bits | {spec: {successfulJobsHistoryLimit: 2147483648}} | spec.successfulJobsHistoryLimit: must be a whole number of 32 bits, but is the number 2147483648
        one of more than 64 bits | {spec: {startingDeadlineSeconds: 9223372036854775808}} | spec.startingDeadlineSeconds: must be a whole number, but is the number 9223372036854775808
        an object for a list     | {metadata: {finalizers: {}}}                   | metadata.finalizers: must be a list, but is an object
        a list for an object     | {spec: {jobTemplate: {metadata: []}}}          | spec.jobTemplate.metadata: must be an object, but is a list
        a string for an object   | {spec: {jobTemplate: {metadata: ''}}}          | spec.jobTemplate.metadata: must be an object, but is a string
        a boolean for a quantity | {spec: {jobTemplate: {spec: {template: {spec: {overhead: {cpu: true}}}}}}} | spec.jobTemplate.spec.template.spec.overhead.cpu: must be a quantity, but is a boolean
        """)
    void namesAFieldOfAnotherType(String story, String cronJob, String sentence) {
        assertThatThrownBy(() -> CronJobModel.checkTypes(Field.of(Yaml.tree(cronJob))))
                .isInstanceOf(WrongTypeException.class)
                .hasMessage(sentence);
    }

    /** As the API server does: seen on Kubernetes 1.37. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        null wherever it stands  | {metadata: null, spec: {suspend: null, timeZone: null, jobTemplate: null}}
        null in a list or a map  | {metadata: {labels: {a: null}, finalizers: [null]}}
        an unknown field         | {kinds: 5, spec: {jobTemplate: {spec: {template: {spec: {gpus: [2]}}}}}}
        a long of 64 bits        | {spec: {startingDeadlineSeconds: 2147483648, successfulJobsHistoryLimit: 2147483647}}
        a quantity as a number   | {spec: {jobTemplate: {spec: {template: {spec: {overhead: {cpu: 0.5, memory: 1}}}}}}}
        a port by number or name | {spec: {jobTemplate: {spec: {template: {spec: {containers: [{livenessProbe: {httpGet: {port: 80}}}, {livenessProbe: {httpGet: {port: web}}}]}}}}}}
        what the API server adds | {metadata: {managedFields: [{fieldsV1: {'f:spec': {}}}], creationTimestamp: null}, status: {active: []}}
        """)
    void takesWhatTheApiServerTakes(String story, String cronJob) {
        assertThatCode(() -> CronJobModel.checkTypes(Field.of(Yaml.tree(cronJob))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a field               | spec schedule                                                | spec.schedule
        an element            | spec jobTemplate spec template spec containers 3 image       | spec.jobTemplate.spec.template.spec.containers[].image
        a key of a map        | metadata labels team                                         | metadata.labels[]
        one of any type       | spec jobTemplate spec template spec containers 0 livenessProbe httpGet port | spec.jobTemplate.spec.template.spec.containers[].livenessProbe.httpGet.port
        below what has none   | metadata labels team lead                                    | -
        a member of a list    | spec jobTemplate spec template spec containers image         | -
        an element of none    | spec 0                                                       | -
        one that there is not | spec gpus                                                    | -
        """)
    void callsAFieldTheSameWhateverPositionAndKeyItHas(String story, String steps, @Nullable String field) {
        FieldPath path = FieldPath.ROOT;
        for (String step : steps.split(" ", -1)) {
            path = step.matches("\\d") ? path.element(Integer.parseInt(step), "a") : path.member(step);
        }
        assertThat(CronJobModel.field(path)).isEqualTo(Optional.ofNullable(field));
    }

    private static List<String> problems(String cronJob) {
        List<PolicyProblem> problems = new ArrayList<>();
        CronJobModel.checkSpec(new PolicyNode("", Yaml.tree(cronJob), problems).at("spec"));
        return problems.stream().map(PolicyProblem::toString).toList();
    }
}

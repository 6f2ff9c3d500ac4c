package dev.penstock.rules;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.penstock.manifest.Field;
import dev.penstock.manifest.Quantity;
import dev.penstock.policy.KubernetesNames;
import dev.penstock.policy.PolicyNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code resources}: each container has the requests and limits that the policy asks for, or shares the pod's, within its bounds; no request is
 * above its limit, and that of an accelerator equals it; and a run takes no more accelerators than allowed.
 */
final class ResourcesValidation implements EarlyValidation {
    // Of these the kubelet takes a limit of 0 for none; of any other, 0 is none of the resource.
    private static final Set<String> UNLIMITED_AT_ZERO = Set.of("cpu", "memory", "ephemeral-storage");

    /** @param kind {@code limits} or {@code requests} */
    private record Required(String kind, String resource) {
        /** Kubernetes takes the limit for a request that is left out. */
        boolean isIn(Field resources) {
            return (kind.equals("requests") && resources.at(kind, resource).isPresent())
                    || !isNoLimit(resources.at("limits", resource));
        }
    }

    /** @param written as in the policy */
    private record Bound(Quantity quantity, String written) {}

    private final List<Required> required = new ArrayList<>();
    private final Map<String, Bound> min;
    private final Map<String, Bound> max;
    private final List<String> accelerators;
    private final OptionalLong maxAccelerators;

    ResourcesValidation(PolicyNode parameters) {
        parameters.only("action", "require", "min", "max", "accelerators", "maxAccelerators");
        PolicyNode require = parameters.at("require");
        require.someTexts().forEach(path -> addRequired(path, require));
        min = bounds(parameters.at("min"));
        max = bounds(parameters.at("max"));
        min.forEach((resource, bound) -> {
            if (max.containsKey(resource) && bound.quantity.compareTo(max.get(resource).quantity) > 0) {
                parameters.at("min").at(resource).problem("must not be more than max");
            }
        });
        accelerators = parameters.at("accelerators").texts(List.of());
        accelerators.forEach(resource -> checkName(parameters.at("accelerators"), resource));
        maxAccelerators = parameters.at("maxAccelerators").count();
    }

    private void addRequired(String path, PolicyNode require) {
        String kind = path.substring(0, Math.max(0, path.indexOf('.')));
        String resource = path.substring(path.indexOf('.') + 1);
        if (!List.of("limits", "requests").contains(kind) || resource.isEmpty()) {
            require.problem("must list limits and requests such as limits.memory, and not \"" + path + "\"");
        } else {
            checkName(require, resource);
        }
        required.add(new Required(kind, resource));
    }

    private static Map<String, Bound> bounds(PolicyNode parameter) {
        Map<String, Bound> bounds = new LinkedHashMap<>();
        parameter.members().forEach((resource, member) -> {
            checkName(member, resource);
            member.quantity().ifPresent(quantity -> bounds.put(resource, new Bound(quantity, member.written())));
        });
        return bounds;
    }

    private static void checkName(PolicyNode node, String resource) {
        if (!KubernetesNames.isContainerResource(resource)) {
            node.problem(
                    resource + " is no resource of a container: write cpu, memory, ephemeral-storage, hugepages-2Mi"
                            + " or one with its domain, such as nvidia.com/gpu");
        }
    }

    @Override
    public void check(Pipeline pipeline, Findings findings) {
        Field ofPod = pipeline.podSpec().at("resources");
        checkAmounts(ofPod, findings);
        for (Field container : pipeline.containers()) {
            Field resources = container.at("resources");
            checkRequired(resources, ofPod, findings);
            checkAmounts(resources, findings);
        }
        if (maxAccelerators.isPresent()) {
            checkAccelerators(pipeline, findings);
        }
    }

    /** @param ofPod what all containers share, which is asked for as well as what is their own */
    private void checkRequired(Field resources, Field ofPod, Findings findings) {
        for (Required needed : required) {
            if (!needed.isIn(resources) && !needed.isIn(ofPod)) {
                Field amount = resources.at(needed.kind, needed.resource);
                String zero = resources.at("limits", needed.resource).isPresent() ? "a limit of 0 is none: " : "";
                findings.required(amount, zero + "say how much" + within(needed.resource));
            }
        }
    }

    /** Whether there is none, or one of 0 where that is none. */
    private static boolean isNoLimit(Field limit) {
        return limit.isAbsent() || (UNLIMITED_AT_ZERO.contains(limit.path().name()) && Amount.isZero(limit));
    }

    private String within(String resource) {
        return (min.containsKey(resource) ? ", at least " + min.get(resource).written : "")
                + (max.containsKey(resource) ? ", at most " + max.get(resource).written : "");
    }

    private void checkAmounts(Field resources, Findings findings) {
        Field limits = resources.at("limits");
        Field requests = resources.at("requests");
        for (Field limit : limits.members()) {
            if (!isNoLimit(limit)) {
                checkBounds(limit, findings);
            }
        }
        for (Field request : requests.members()) {
            String resource = request.path().name();
            Field limit = limits.at(resource);
            Optional<Amount> amount = checkBounds(request, findings);
            Optional<Amount> most = Amount.of(limit);
            // What the API server asks for as well: core/validation, ValidateContainerResourceRequirements.
            if (amount.isPresent() && most.isPresent()) {
                checkLimit(resource, amount.get(), most.get(), findings);
            } else if (request.isPresent() && limit.isAbsent() && accelerators.contains(resource)) {
                findings.early().required(limit, "an accelerator has a limit, equal to its request");
            }
        }
    }

    /** @return the amount; empty where there is none, or none that Kubernetes reads */
    private Optional<Amount> checkBounds(Field field, Findings findings) {
        Bound least = min.get(field.path().name());
        Bound most = max.get(field.path().name());
        Optional<Amount> amount = Amount.of(field);
        if (field.isPresent() && amount.isEmpty()) {
            findings.early().invalid(field, "not a quantity: write one such as 500m, 2 or 16Gi");
        } else if (least != null
                && amount.filter(given -> given.isLessThan(least.quantity)).isPresent()) {
            findings.invalid(field, "at least " + least.written + " is asked for");
        } else if (most != null
                && amount.filter(given -> given.isMoreThan(most.quantity)).isPresent()) {
            findings.invalid(field, "at most " + most.written + " is allowed");
        }
        return amount;
    }

    private void checkLimit(String resource, Amount request, Amount limit, Findings findings) {
        boolean isAccelerator = accelerators.contains(resource);
        int more = request.quantity().compareTo(limit.quantity());
        if (isAccelerator ? more != 0 : more > 0) {
            findings.early()
                    .invalid(
                            request.field(),
                            (isAccelerator ? "must equal" : "more than") + " the limit of "
                                    + Amount.text(limit.field()));
        }
    }

    private void checkAccelerators(Pipeline pipeline, Findings findings) {
        BigDecimal pod = BigDecimal.ZERO;
        for (String accelerator : accelerators) {
            pod = pod.add(PodAmount.of(pipeline.podSpec(), accelerator));
        }
        BigDecimal run = pod.multiply(BigDecimal.valueOf(podsAtOnce(pipeline.job())));
        if (run.compareTo(BigDecimal.valueOf(maxAccelerators.getAsLong())) > 0) {
            String shown = run.stripTrailingZeros().toPlainString();
            findings.invalid(
                    pipeline.podSpec(),
                    TextNode.valueOf(shown),
                    "accelerators a run; at most " + maxAccelerators.getAsLong() + " are allowed");
        }
    }

    /** batch/v1 SetDefaults_Job, and the job controller: no more than are still to complete. */
    private static long podsAtOnce(Field job) {
        long parallelism = job.at("parallelism").asLong().orElse(1L);
        return Math.max(0, Math.min(parallelism, job.at("completions").asLong().orElse(parallelism)));
    }
}

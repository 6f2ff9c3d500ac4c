package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.policy.EffectivePolicy;
import dev.penstock.policy.Exemption;
import dev.penstock.policy.Glob;
import dev.penstock.policy.PolicySet;
import dev.penstock.policy.PolicyValue;
import dev.penstock.policy.Profiles;
import dev.penstock.policy.RuleSetting;
import dev.penstock.rules.Rules;
import dev.penstock.text.EditDistance;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Shows what applies to the pipelines of a namespace: each value, and where it comes from.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.NO_VERDICT,
        footer = {
            "",
            "Examples:",
            "  penstock policy show --namespace ml --profile training --from-cluster",
            "  penstock policy show -n ml --policy policies/ --namespace-label example.com/kind=science",
        })
final class PolicyShowCommand implements Callable<Integer> {
    @Option(
            names = {"-n", "--namespace"},
            converter = NamespaceName.class,
            required = true,
            paramLabel = "NAME",
            description = "Whose pipelines are meant.")
    private String namespace = "";

    @Option(
            names = "--profile",
            defaultValue = "",
            paramLabel = "NAME",
            description = "The profile that they choose by their label. Left out: none.")
    private String profile = "";

    @Mixin
    private final PolicyInput policies = new PolicyInput();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        EffectivePolicy policy =
                PolicySet.of(policies.documents()).effective(namespace, policies.labels(namespace), profile);
        List<String> known = List.copyOf(policy.profiles());
        if (!profile.isEmpty() && !Profiles.NONE.contains(profile) && !known.contains(profile)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--profile: no policy of this namespace knows " + profile
                            + (known.isEmpty() ? "; there are none" : "; known are: " + String.join(", ", known))
                            + EditDistance.hint(profile, known));
        }
        PrintWriter out = spec.commandLine().getOut();
        for (PolicyValue value : policy.values()) {
            TerminalText.println(
                    out, value.path() + " = " + ReviewReport.shown(value.value()) + " (" + value.reason() + ")");
        }
        for (String rule : Rules.ids()) {
            policy.settings(rule).forEach(setting -> write(setting, out));
        }
        if (!known.isEmpty()) {
            TerminalText.println(out, "profiles: " + String.join(", ", known));
        }
        out.flush();
        return ExitCode.OK;
    }

    private void write(RuleSetting setting, PrintWriter out) {
        ObjectNode parameters = setting.parameters().deepCopy();
        parameters.remove("action");
        String by = setting.policy().reason().toString();
        TerminalText.println(
                out,
                "rules." + setting.rule() + " = " + setting.action() + (parameters.isEmpty() ? "" : " " + parameters)
                        + " (" + by + ")");
        setting.exemptions().stream()
                .filter(exemption -> exemption.isFor(namespace))
                .forEach(exemption -> TerminalText.println(out, "  " + words(exemption)));
    }

    private String words(Exemption exemption) {
        String names = exemption.names().isEmpty() ? "all pipelines" : Glob.list(exemption.names());
        String end = exemption.expires() == null ? "" : " until " + exemption.expires();
        return (exemption.isExpired(policies.now())
                        ? names + " passed" + end + ", which is over"
                        : "but " + names + " pass" + end)
                + ": " + exemption.reason();
    }
}

package dev.penstock.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaulterTest {
    /** Under a policy {@code p} of {@code Forbid}; the notice without the field that it is about. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        filled in where nothing was       | {}                             |                                    | Forbid · policy p | ``
        over the server's default         | {v: Allow, apply: [a]}         |                                    | Forbid · policy p | ``
        kept as it was filled in          | {v: Replace, keep: concurrencyPolicy} | {v: Replace, P: {concurrencyPolicy: policy q}} | Replace · policy q | ``
        the same, reinvoked               | {v: Replace, keep: concurrencyPolicy, P: {concurrencyPolicy: policy q}} | {v: Replace, P: {concurrencyPolicy: policy q}} | Replace · policy q | ``
        kept no longer                    | {v: Replace}                   | {v: Replace, keep: concurrencyPolicy, P: {concurrencyPolicy: policy q}} | Forbid · policy p | follows policy p: Replace → Forbid
        kept, and changed by the author   | {v: Replace, keep: concurrencyPolicy} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Replace · - | ``
        kept, and applied                 | {v: Forbid, keep: concurrencyPolicy, apply: [concurrencyPolicy]} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Forbid · - | ``
        over what may be the author's     | {v: Allow}                     |                                    | Forbid · policy p | Allow counts as left out (penstock.dev/keep would keep it): Forbid, policy p
        the same in a copy in which it was ours | {v: Allow, forger: [x], P: {concurrencyPolicy: policy q}} |    | Forbid · policy p | Allow counts as left out (penstock.dev/keep would keep it): Forbid, policy p
        the author's                      | {v: Replace}                   |                                    | Replace · -       | ``
        what it would write               | {v: Forbid}                    |                                    | Forbid · -        | ``
        ours, and the policy is another   | {v: Replace, refresh: '1'}     | {v: Replace, P: {concurrencyPolicy: policy q}} | Forbid · policy p | follows policy p: Replace → Forbid
        ours, and as it would be          | {v: Forbid, refresh: '1'}      | {v: Forbid, P: {concurrencyPolicy: policy q}} | Forbid · policy p | ``
        ours in an edit                   | {v: Replace}                   | {v: Replace, P: {concurrencyPolicy: policy q}} | Replace · policy q | ``
        ours, and dropped                 | {spec: {x: 1}}                 | {v: Replace, P: {concurrencyPolicy: policy q}} | Forbid · policy p | follows policy p: Replace → Forbid
        the server's before, unchanged    | {v: Allow, apply: [a], refresh: '1'} | {v: Allow, apply: [a]}       | Forbid · policy p | follows policy p: Allow → Forbid
        the author's before, given up     | {v: Allow, apply: [a]}         | {v: Replace, apply: [a, concurrencyPolicy]} | Forbid · policy p | ``
        the author's decision             | {v: Allow, update: [concurrencyPolicy]} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Allow · author | ``
        the same in a copy                | {v: Allow, P: {concurrencyPolicy: author}} |                        | Allow · author | ``
        """)
    void fillsInByWhatWasMeant(String story, String request, @Nullable String old, String outcome, String notice) {
        Defaulter defaulter = defaulter(request, old);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        defaulter.fill(Default.of(field, "Forbid", Reason.policy("p")));
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
        assertThat(notices(defaulter)).isEqualTo(notice);
    }

    /** The field is one of Penstock's, and another webhook may put its own value there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothing was there                  | {image: b}                                             |                      | b · annotation image
        replaced by who copied it          | {image: b, v: c, forger: [concurrencyPolicy], P: {concurrencyPolicy: annotation image}} |  | c · -
        replaced after the first pass      | {image: b, v: m/b, P: {concurrencyPolicy: annotation image}} |                | m/b · -
        the same as it is sent again       | {image: b, v: m/b, apply: [x], P: {x: made}}           | {image: b, v: m/b, P: {x: made}} | m/b · -
        another, where that was ours       | {image: b, v: a, P: {concurrencyPolicy: annotation image}} | {image: a, v: a, P: {concurrencyPolicy: annotation image}} | b · annotation image
        another, where that was replaced   | {image: b, v: m/a, P: {x: made}}                       | {image: a, v: m/a, P: {x: made}} | b · annotation image
        replaced after the first pass again | {image: b, v: m/b, P: {concurrencyPolicy: annotation image, x: made}} | {image: a, v: m/a, P: {x: made}} | m/b · -
        another, replaced before it        | {image: b, v: m/a, P: {concurrencyPolicy: annotation image, x: made}} | {image: a, v: a, P: {concurrencyPolicy: annotation image, x: made}} | b · -
        and after the first pass           | {image: b, v: m/b, P: {x: made}}                       | {image: a, v: a, P: {concurrencyPolicy: annotation image, x: made}} | m/b · -
        the same of what is sent each time | {image: b, v: m/b, forger: [x], P: {concurrencyPolicy: annotation image}} | {image: a, v: m/a, forger: [x], P: {x: made}} | m/b · -
        a copy of what is remembered       | {image: b, v: m/a, forger: [x], P: {concurrencyPolicy: annotation image}} | {image: a, v: m/a, P: {x: made}} | b · annotation image
        """)
    void followsAnotherFieldUnlessAnotherWebhookDecidedSince(
            String story, String request, @Nullable String old, String outcome) {
        Defaulter defaulter = defaulter(request, old);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        Field image = defaulter.cronJob().at("metadata", "annotations", "penstock.dev/image");
        defaulter.fill(Default.of(field, image.asText().orElseThrow(), Reason.annotation("image"))
                .as(image));
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        short ones             | 0 1 * * *                                | 0 2 * * *                                | 0 1 * * * → 0 2 * * *
        long ones              | registry.example.com/team/pipeline:1.4.2 | registry.example.com/team/pipeline:1.5.0 | …1.4.2 → …1.5.0
        long and unlike        | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  | bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa → bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        one word more          | --task run-pipeline --with several flags | --task run-pipeline --with several flags x | …flags → …flags x
        """)
    void showsOfLongValuesWhatIsAnother(String story, String before, String after, String shown) {
        Defaulter defaulter = defaulter(
                "{v: '" + before + "', refresh: '1'}", "{v: '" + before + "', P: {concurrencyPolicy: policy q}}");
        defaulter.fill(Default.of(defaulter.cronJob().at("spec", "concurrencyPolicy"), after, Reason.policy("p")));
        assertThat(notices(defaulter)).isEqualTo("follows policy p: " + shown);
    }

    /** The manifest is put again, without what was filled in; the API server has filled into the stored value, or dropped of it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a field of the pod | env          | {name: A, valueFrom: {fieldRef: {fieldPath: a}}} | {name: A, valueFrom: {fieldRef: {fieldPath: a, apiVersion: v1}}} | ``
        nothing            | env          | {name: A, value: ''}                             | {name: A}                                             | ``
        a port             | ports        | {containerPort: 80}                              | {containerPort: 80, protocol: TCP}                    | ``
        a mode             | volumes      | {name: A, secret: {secretName: a}}               | {name: A, secret: {secretName: a, defaultMode: 420}}  | ``
        an amount          | volumes      | {name: A, emptyDir: {sizeLimit: 1024Mi}}         | {name: A, emptyDir: {sizeLimit: 1Gi}}                 | ``
        false              | volumeMounts | {name: A, mountPath: /a, readOnly: false}        | {name: A, mountPath: /a}                              | ``
        another value      | env          | {name: A, value: a}                              | {name: A, value: b}                                   | follows policy p: {"name":"A","value":"b"} → {"name":"A","value":"a"}
        """)
    void tellsOfAnElementOnlyWhereItIsAnother(String story, String list, String wanted, String stored, String notice) {
        JsonNode value = Yaml.tree(wanted);
        String key = value.path(MergeKeys.of(list).orElseThrow()).asText();
        Defaulter defaulter = defaulter(
                "{spec: {x: 1}}",
                "{P: {'" + list + "[" + key + "]': policy q}, spec: {" + list + ": [" + stored + "]}}");
        defaulter.fill(Default.of(defaulter.cronJob().at("spec", list).element(key), value, Reason.policy("p")));
        assertThat(notices(defaulter)).isEqualTo(notice);
    }

    @Test
    void theFirstThatNamesAFieldDecides() {
        Defaulter defaulter = defaulter("{}", null);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        assertThat(defaulter.fill(Default.of(field, "Forbid", Reason.policy("first"))))
                .isTrue();
        assertThat(defaulter.fill(Default.of(field, "Replace", Reason.policy("second"))))
                .isTrue();
        assertThat(field.asText()).contains("Forbid");
        assertThat(source(defaulter, "concurrencyPolicy")).isEqualTo("policy first");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        halfway                              | {v: H}                   |                         | H! · completed from H | becomes H! (was H)
        halfway again                        | {v: H, refresh: '1'}     | {v: H!, P: {concurrencyPolicy: completed from H}} | H! · completed from H | ``
        completed before                     | {v: H!, refresh: '1'}    | {v: H!, P: {concurrencyPolicy: completed from H}} | H! · completed from H | ``
        the same, reinvoked                  | {v: H!, P: {concurrencyPolicy: completed from H}} |  | H! · completed from H | ``
        the same, forged                     | {v: G!, P: {concurrencyPolicy: completed from H}} |  | G! · - | ``
        the literal, applied                 | {v: H!, L: {concurrencyPolicy: H!}} | {v: H!, P: {concurrencyPolicy: completed from H}} | H! · - | ``
        another literal                      | {v: G!}                  | {v: H!, P: {concurrencyPolicy: completed from H}} | G! · - | ``
        halfway before, in an edit           | {v: H}                   | {v: H}                  | H · - | ``
        whole                                | {v: H!}                  |                         | H! · - | ``
        to be kept                           | {v: H, keep: concurrencyPolicy} |                  | H · - | ``
        halfway before, and whole by now     | {v: H!, P: {concurrencyPolicy: completed from H!}} | {v: H!!, P: {concurrencyPolicy: completed from H!}} | H! · - | ``
        """)
    void completesWhatWasWrittenHalfway(
            String story, String request, @Nullable String old, String outcome, String notice) {
        Defaulter defaulter = defaulter(request, old);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        defaulter.complete(field, text -> text.endsWith("!") ? text : text + "!");
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
        assertThat(notices(defaulter)).isEqualTo(notice);
    }

    /** What client-side apply recorded is gone: an edit took the value away, or put another there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        taken away by an edit         | {v: Allow, L: {concurrencyPolicy: Replace}}               | {v: Replace, L: {concurrencyPolicy: Replace}} | Forbid · policy p
        the same where nothing is left | {spec: {x: 1}, L: {concurrencyPolicy: Replace}}          | {v: Replace, L: {concurrencyPolicy: Replace}} | Forbid · policy p
        filled in since, and followed | {v: Queue, L: {concurrencyPolicy: Replace}, refresh: '1'} | {v: Queue, L: {concurrencyPolicy: Replace}, P: {concurrencyPolicy: policy q}} | Forbid · policy p
        edited                        | {v: Queue, L: {concurrencyPolicy: Replace}}               | {v: Replace, L: {concurrencyPolicy: Replace}} | Queue · -
        edited to the server's default | {v: Allow, L: {concurrencyPolicy: Replace}, update: [concurrencyPolicy]} | {v: Replace, L: {concurrencyPolicy: Replace}} | Allow · author
        applied as nothing            | {v: Allow, L: {concurrencyPolicy: ''}, refresh: '1'}       | {v: Allow, L: {concurrencyPolicy: ''}} | Allow · -
        applied                       | {v: Replace, L: {concurrencyPolicy: Replace}, refresh: '1'} | {v: Replace, P: {concurrencyPolicy: policy q}} | Replace · -
        """)
    void takesNothingForWrittenOfWhichAnotherValueWasApplied(String story, String request, String old, String outcome) {
        Defaulter defaulter = defaulter(request, old);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        defaulter.fill(Default.of(field, "Forbid", Reason.policy("p")));
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
    }

    /** The same of an element, and of a list without keys. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        taken away by an edit         | env     | {}                               | {env: [{name: A, value: mine}], args: [mine]}        | [{"name":"A","value":"ours"}] · policy p
        the same by the second pass   | env     | {env: [{name: A, value: ours}], P: {'env[A]': policy p}} | {env: [{name: A, value: mine}], args: [mine]} | [{"name":"A","value":"ours"}] · policy p
        filled in since, and followed | env     | {env: [{name: A, value: old}], P: {'env[A]': policy q}, refresh: '1'} | {env: [{name: A, value: old}], P: {'env[A]': policy q}} | [{"name":"A","value":"ours"}] · policy p
        edited                        | env     | {env: [{name: A, value: x}]}     | {env: [{name: A, value: mine}]}                      | [{"name":"A","value":"x"}] · -
        applied again                 | env     | {env: [{name: A, value: mine}], P: {'env[A]': policy p}, refresh: '1'} | {env: [{name: A, value: ours}], P: {'env[A]': policy p}} | [{"name":"A","value":"mine"}] · -
        a list                        | args    | {}                               | {args: [mine]}                                       | ["ours"] · policy p
        a list that was edited        | args    | {args: [x]}                      | {args: [mine]}                                       | ["x"] · -
        """)
    void takesNothingThatIsWholeForWrittenOfWhichAnotherWasApplied(
            String story, String list, String request, String old, String outcome) {
        Defaulter defaulter = defaulter(whole(request), whole(old));
        EditableField field = defaulter.cronJob().at("spec", list);
        boolean isKeyed = MergeKeys.of(list).isPresent();
        defaulter.fill(Default.of(
                isKeyed ? field.element("A") : field,
                Yaml.tree(isKeyed ? "{name: A, value: ours}" : "[ours]"),
                Reason.policy("p")));
        defaulter.finish();
        String source = source(defaulter, isKeyed ? list + "[A]" : list);
        assertThat(field.value() + " · " + source).isEqualTo(outcome);
    }

    /** A request of which client-side apply recorded values of the author's. */
    private static String whole(String words) {
        ObjectNode said = Yaml.object(words);
        ObjectNode spec = said.objectNode();
        for (String list : new String[] {"env", "args"}) {
            if (said.has(list)) {
                spec.set(list, said.remove(list));
            }
        }
        said.set("spec", spec);
        said.set("L", Yaml.tree("{env: [{name: A, value: mine}], args: [mine]}"));
        return said.toString();
    }

    /** Nothing was remembered of what was written meanwhile. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        written by nobody               | {v: Replace, update: [x], P: {concurrencyPolicy: policy q}}                       | Forbid · policy p
        written by somebody             | {v: Replace, update: [concurrencyPolicy], P: {concurrencyPolicy: policy q}}       | Replace · -
        filled in beside what a client applied | {v: Replace, client: [concurrencyPolicy], L: {x: 1}, P: {concurrencyPolicy: policy q}} | Forbid · policy p
        written since                   | {v: Replace, client: [x], update: [concurrencyPolicy], L: {x: 1}, P: {concurrencyPolicy: policy q}} | Replace · -
        applied and written by one tool | {v: Replace, tool: [concurrencyPolicy], L: {x: 1}, P: {concurrencyPolicy: policy q}} | Replace · -
        applied client-side             | {v: Replace, client: [concurrencyPolicy], L: {concurrencyPolicy: Replace}, P: {concurrencyPolicy: policy q}} | Replace · -
        applied server-side             | {v: Replace, apply: [concurrencyPolicy], P: {concurrencyPolicy: policy q}}        | Replace · -
        nobody knows who wrote it       | {v: Replace, L: {x: 1}, P: {concurrencyPolicy: policy q}}                         | Replace · -
        beside a record that is forged  | {v: Replace, update: [x], forger: [x], P: {concurrencyPolicy: policy q}}          | Replace · -
        not remembered                  | {v: Replace, update: [x], P: {schedule: policy q}}                                | Replace · -
        """)
    void followsWithTheLabelThatReturnsWhatNobodyWroteWithoutIt(String story, String request, String outcome) {
        Defaulter defaulter = defaulter(request, request.replaceFirst(".$", ", label: null}"));
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        assertThat(defaulter.isSettled(field)).isEqualTo(outcome.startsWith("Replace"));
        defaulter.fill(Default.of(field, "Forbid", Reason.policy("p")));
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
    }

    /** Beside what an author applied of a map that server-side apply takes whole. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dropped by an apply      | {spec: {nodeSelector: {pool: cpu}}, apply: [nodeSelector]}           | {pool: cpu, gpu: a100} | a100 · -
        there since, or applied  | {spec: {nodeSelector: {pool: cpu, gpu: h100}}, apply: [nodeSelector]} | {pool: cpu, gpu: h100} | h100 · -
        nobody's                 | {spec: {nodeSelector: {}}, apply: [x], refresh: '1'}                  | {}                     | a100 · policy p
        """)
    void fillsIntoAWholeWhatAnApplyDropsOfItAndRemembersNoneOfThat(
            String story, String request, String before, String outcome) {
        Defaulter defaulter = defaulter(request, "{spec: {nodeSelector: " + before + "}, apply: [nodeSelector]}");
        EditableField field = defaulter.cronJob().at("spec", "nodeSelector", "gpu");
        defaulter.fill(Default.of(field, "a100", Reason.policy("p")));
        defaulter.finish();
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "nodeSelector[gpu]"))
                .isEqualTo(outcome);
    }

    /** Nothing names the field in this review. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ours, where the manifest speaks      | {v: Forbid, refresh: '1'} | {v: Forbid, P: {concurrencyPolicy: policy p}} | - · - | goes again: policy p had filled in Forbid
        ours, in an edit                     | {v: Forbid}               | {v: Forbid, P: {concurrencyPolicy: policy p}} | Forbid · policy p | ``
        changed since                        | {v: Replace, refresh: '1'} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Replace · - | ``
        applied since                        | {v: Forbid, apply: [concurrencyPolicy], refresh: '1'} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Forbid · - | ``
        to be kept                           | {v: Forbid, keep: concurrencyPolicy} | {v: Forbid, P: {concurrencyPolicy: policy p}} | Forbid · policy p | ``
        a decision of the author's           | {v: Allow, refresh: '1'}  | {v: Allow, P: {concurrencyPolicy: author}}    | Allow · author | ``
        completed                            | {v: H!, refresh: '1'}     | {v: H!, P: {concurrencyPolicy: completed from H}} | H! · completed from H | ``
        what is gone                         | {refresh: '1'}            | {v: Forbid, P: {concurrencyPolicy: policy p}} | - · - | ``
        forged                               | {v: Forbid, P: {concurrencyPolicy: policy p}} | {v: Forbid}       | Forbid · - | ``
        """)
    void takesAwayWhatNothingNamesAnyMore(
            String story, String request, @Nullable String old, String outcome, String notice) {
        Defaulter defaulter = defaulter(request, old);
        defaulter.finish();
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        assertThat(field.asText().orElse("-") + " · " + source(defaulter, "concurrencyPolicy"))
                .isEqualTo(outcome);
        assertThat(notices(defaulter)).isEqualTo(notice);
    }

    /** Under a policy {@code p} of {@code Forbid}; a client sent the record with the object, where {@code forger} is. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another than is filled in now  | {v: Replace, forger: [x], P: {concurrencyPolicy: policy q}}  |        | spec.concurrencyPolicy
        what nothing names any more    | {spec: {x: 1}, forger: [x], P: {x: defaults q}}              |        | spec.x
        more than a few                | {spec: {a: 1, b: 1, c: 1, d: 1, e: 1}, forger: [x], P: {a: policy q, b: policy q, c: policy q, d: policy q, e: policy q}} | | spec.a, spec.b, spec.c, and 2 more
        a container, once              | {spec: {initContainers: [{name: x, image: a}]}, forger: [x], P: {'initContainers[x]': policy q, 'initContainers[x].image': policy q}} | | spec.initContainers[x]
        in a container that stays      | {spec: {initContainers: [{name: x, image: a}]}, forger: [x], P: {'initContainers[x].image': policy q}} | | spec.initContainers[x].image
        what is filled in now          | {v: Forbid, forger: [x], P: {concurrencyPolicy: policy q}}   |        | ``
        the same, which nothing names  | {spec: {suspend: false}, forger: [x], P: {suspend: policy q}} |       | ``
        what is gone                   | {forger: [x], P: {x: policy q}}                              |        | ``
        what is not in the record      | {v: Replace, forger: [x], P: {x: policy q}}                  |        | ``
        a decision                     | {v: Allow, forger: [x], P: {concurrencyPolicy: author}}      |        | ``
        a completion                   | {spec: {x: H!}, forger: [x], P: {x: completed from H}}       |        | ``
        what is applied                | {v: Replace, apply: [concurrencyPolicy], forger: [x], P: {concurrencyPolicy: policy q}} | | ``
        what is to be kept             | {v: Replace, keep: concurrencyPolicy, forger: [x], P: {concurrencyPolicy: policy q}} | | ``
        after a first pass             | {v: Replace, update: [x], P: {concurrencyPolicy: policy p}}  |        | ``
        in an update                   | {v: Replace, forger: [x], P: {concurrencyPolicy: policy q}}  | {v: A} | ``
        no path                        | {v: Forbid, forger: [x], P: {'[': policy q}}                 |        | ``
        """)
    void tellsOfWhatACopyBringsAlongAndNothingFillsInNow(
            String story, String request, @Nullable String old, String told) {
        Defaulter defaulter = defaulter(request, old);
        defaulter.fill(Default.of(defaulter.cronJob().at("spec", "concurrencyPolicy"), "Forbid", Reason.policy("p")));
        defaulter.finish();
        assertThat(notices(defaulter))
                .isEqualTo(
                        told.isEmpty()
                                ? ""
                                : "names what counts as yours from now on, since something else or nothing is filled in there"
                                        + " (leave it out to have that): " + told);
    }

    /** As kubectl's move to server-side apply takes it, by way of an Apply entry that lists what client-side apply never held. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        what no manifest held              | {apply: [a]}                      | {v: Forbid, apply: [a]}                                  | Forbid
        the same, by an edit               | {update: [a]}                     | {v: Forbid, update: [a]}                                 | -
        the server's default in its place  | {v: Allow, apply: [a]}            | {v: Forbid, apply: [a]}                                  | Forbid
        listed after a move                | {apply: [a], L: {a: 1}}           | {v: Forbid, apply: [a, concurrencyPolicy], L: {a: 1}}    | Forbid
        given up by who applied it         | {apply: [a]}                      | {v: Forbid, apply: [a, concurrencyPolicy]}               | -
        given up by a client's apply       | {apply: [a], L: {a: 1}}           | {v: Forbid, apply: [a], L: {a: 1, concurrencyPolicy: Forbid}} | -
        the server's default, applied      | {v: Allow, apply: [a, concurrencyPolicy]} | {v: Forbid, apply: [a]}                          | Allow
        another value                      | {v: Replace, apply: [a]}          | {v: Forbid, apply: [a]}                                  | Replace
        the server's default before        | {v: Allow, apply: [a]}            | {v: Allow, apply: [a]}                                   | Allow
        nothing before                     | {apply: [a]}                      | {apply: [a]}                                             | -
        """)
    void putsBackWhatIsKeptWhereAnApplyDropsIt(String story, String request, String old, String left) {
        ObjectNode cronJob = kept(request);
        String manager = request.contains("apply") ? "applier" : "updater";
        Defaulter defaulter = new Defaulter(
                new Manifest(cronJob),
                Intent.of(Field.of(cronJob), Field.of(kept(old)), true, manager),
                (path, value) -> false);
        EditableField field = defaulter.cronJob().at("spec", "concurrencyPolicy");
        defaulter.fill(Default.of(field, "Ours", Reason.policy("p")));
        defaulter.finish();
        assertThat(field.asText().orElse("-")).isEqualTo(left);
        assertThat(defaulter.remembered()).isEmpty();
        assertThat(defaulter.notices()).isEmpty();
    }

    private static ObjectNode kept(String words) {
        ObjectNode cronJob = Situation.cronJob(words);
        cronJob.withObject("/metadata/annotations").put(Intent.KEEP, "concurrencyPolicy");
        return cronJob;
    }

    /** The API server shows the name in a second, deprecated field, and restores the name from that. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nobody's               | {}                          | {}
        applied as deprecated  | {serviceAccount: runner}    | {serviceAccountName: runner, serviceAccount: runner}
        """)
    void takesAServiceAccountAwayByBothItsNames(String story, String applied, String left) {
        String pod = "spec: {jobTemplate: {spec: {template: {spec: %s}}}}";
        String both = pod.formatted("{serviceAccountName: runner, serviceAccount: runner}");
        String manifest = "L: {jobTemplate: {spec: {template: {spec: " + applied + "}}}}";
        Defaulter defaulter = defaulter(
                "{refresh: '1', " + manifest + ", " + both + "}",
                "{P: {jobTemplate.spec.template.spec.serviceAccountName: policy p}, " + both + "}");
        defaulter.finish();
        JsonNode podSpec = defaulter
                .cronJob()
                .at("spec", "jobTemplate", "spec", "template", "spec")
                .value();
        assertThat(podSpec.isMissingNode() ? Yaml.tree("{}") : podSpec).isEqualTo(Yaml.tree(left));
        assertThat(defaulter.remembered()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        another kind of value             | {name: A, value: ours, valueFrom: {x: {y: 1}}}       | {"name":"A","valueFrom":{"x":{"y":1}}} | {name: A, valueFrom: {x: {y: 1}}}
        the very same                     | {name: A, value: ours}                               | {"name":"A","value":"ours"}            | {name: A, value: ours}
        the name alone                    | {name: A, value: ours}                               | {"name":"A"}                           | {name: A}
        what the API server filled in     | {name: A, value: ours, valueFrom: {fieldRef: {x: y, apiVersion: v1}}} | {"name":"A","valueFrom":{"fieldRef":{"x":"y"}}} | {name: A, valueFrom: {fieldRef: {x: y, apiVersion: v1}}}
        """)
    void givesAnElementUpThatTheAuthorTakesOver(String story, String sent, String applied, String left) {
        ObjectNode old = Situation.cronJob("{P: {'env[A]': policy p}, spec: {env: [{name: A, value: ours}]}}");
        ObjectNode cronJob = Situation.cronJob("{spec: {env: [" + sent + "]}}");
        cronJob.withObject("/metadata/annotations")
                .put("kubectl.kubernetes.io/last-applied-configuration", "{\"spec\":{\"env\":[" + applied + "]}}");
        Defaulter defaulter = new Defaulter(
                new Manifest(cronJob), Intent.of(Field.of(cronJob), Field.of(old), true, ""), (path, value) -> false);
        defaulter.fill(Default.of(
                defaulter.cronJob().at("spec", "env").element("A"),
                Yaml.tree("{name: A, value: ours}"),
                Reason.policy("p")));
        defaulter.finish();
        assertThat(cronJob.at("/spec/env/0")).isEqualTo(Yaml.tree(left));
        assertThat(defaulter.remembered()).isEmpty();
    }

    @Test
    void remembersNothingWhereNothingIsFilledIn() {
        ObjectNode cronJob = Situation.cronJob("{P: {forged: policy p}}");
        Defaulter defaulter =
                new Defaulter(new Manifest(cronJob), Intent.of(Field.of(cronJob)), (path, value) -> false);
        defaulter.finish();
        assertThat(cronJob.at("/metadata/annotations").has(Intent.DEFAULTED)).isFalse();
    }

    private static Defaulter defaulter(String request, @Nullable String old) {
        String manager = request.contains("forger") ? "forger" : "x";
        return new Defaulter(
                new Manifest(Situation.cronJob(request)),
                Situation.intent(request, old, manager),
                (path, value) -> false);
    }

    private static String source(Defaulter defaulter, String field) {
        defaulter.finish();
        JsonNode sources = defaulter.remembered().isEmpty() ? Yaml.tree("{}") : Yaml.tree(defaulter.remembered());
        return sources.path("spec." + field).asText("-");
    }

    private static String notices(Defaulter defaulter) {
        return defaulter.notices().stream().map(Notice::text).distinct().collect(Collectors.joining("; "));
    }
}

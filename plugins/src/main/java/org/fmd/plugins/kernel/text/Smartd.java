// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.jspecify.annotations.Nullable;

/** Lines of smartd (smartmontools 5 to 7): {@code Device: /dev/sda [SAT], …}. A table. */
final class Smartd {
    private static final Pattern DEVICE =
            Pattern.compile("Device: (/dev/[\\w/.:-]{1,64})((?: \\[[^\\]]{1,64}\\]){0,3}), (\\S.{0,300})");
    private static final Pattern BEHIND_ADAPTER = Pattern.compile("\\[(\\w{1,20}_disk[\\w#]{1,40})\\]");
    private static final int PREDICTION = 0x5d;

    private record Form(Pattern pattern, PartEvent event, Facts facts) {}

    @FunctionalInterface
    private interface Facts {
        void put(NvList.Builder facts, Matcher match);
    }

    private static Form form(String pattern, PartEvent event, Facts facts) {
        return new Form(Pattern.compile(pattern), event, facts);
    }

    private static final List<Form> FORMS = List.of(
            form("SMART Failure: (.{1,200})", PartEvent.PREDICTIVE_FAILURE, Smartd::prediction),
            form("FAILED SMART self-check\\..{0,100}", PartEvent.PREDICTIVE_FAILURE, (f, m) -> {}),
            form("Failed SMART prefailure Attribute: .{1,100}", PartEvent.PREDICTIVE_FAILURE, (f, m) -> {}),
            form(
                    "Failed SMART usage Attribute: (\\d{1,3}) ([\\w-]{1,64})\\.?",
                    PartEvent.USAGE_ATTRIBUTE,
                    (f, m) -> f.uint8("attribute", Integer.parseInt(m.group(1)) & 0xff)
                            .string("name", m.group(2))),
            form(
                    "(\\d{1,9}) Currently unreadable \\(pending\\) sectors.{0,60}",
                    PartEvent.PENDING_SECTORS,
                    (f, m) -> f.uint64("count", Long.parseLong(m.group(1)))),
            form(
                    "(\\d{1,9}) Offline uncorrectable sectors.{0,60}",
                    PartEvent.PENDING_SECTORS,
                    (f, m) -> f.uint64("count", Long.parseLong(m.group(1)))),
            form(
                    "Self-Test Log error count increased from \\d{1,9} to \\d{1,9}",
                    PartEvent.SELF_TEST_FAILURE,
                    (f, m) -> {}),
            form("new Self-Test Log error at hour timestamp (\\d{1,5})", PartEvent.SELF_TEST_FAILURE, (f, m) -> {
                f.uint16("timestamp", Integer.parseInt(m.group(1)) & 0xffff);
            }),
            form(
                    "Temperature (\\d{1,3}) Celsius reached critical limit of (\\d{1,3}) Celsius.{0,60}",
                    PartEvent.OVER_TEMPERATURE,
                    (f, m) -> f.uint8("current-temperature", Integer.parseInt(m.group(1)) & 0xff)
                            .uint8("threshold-temperature", Integer.parseInt(m.group(2)) & 0xff)));

    private Smartd() {}

    /** Returns what the line says, empty optional if it is none of smartd. */
    static Optional<List<Observation>> read(String text) {
        Matcher device = DEVICE.matcher(text.strip());
        if (!device.matches()) {
            return Optional.empty();
        }
        String said = device.group(3);
        for (Form form : FORMS) {
            Matcher match = form.pattern().matcher(said);
            if (match.matches()) {
                NvList.Builder facts = NvList.builder();
                form.facts().put(facts, match);
                facts.string("msg", said);
                return Optional.of(List.of(new PartReported(part(device), form.event(), facts.build())));
            }
        }
        return Optional.of(List.of());
    }

    /** A disk behind a RAID adapter has no name of its own: the adapter's number of it is what smartd calls it. */
    private static String part(Matcher device) {
        Matcher behind = BEHIND_ADAPTER.matcher(device.group(2));
        return behind.find() ? behind.group(1) : device.group(1).substring("/dev/".length());
    }

    private static void prediction(NvList.Builder facts, Matcher match) {
        AdditionalSense code = code(match.group(1).strip());
        if (code != null && code.asc() == PREDICTION) {
            facts.uint8("additional-sense-code", code.asc()).uint8("additional-sense-code-qualifier", code.ascq());
        }
    }

    /** T10 writes the texts in capitals, Linux does not. */
    private static @Nullable AdditionalSense code(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String sentence = lower.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        return AdditionalSense.parse(sentence)
                .or(() -> AdditionalSense.parse(text))
                .orElse(null);
    }
}

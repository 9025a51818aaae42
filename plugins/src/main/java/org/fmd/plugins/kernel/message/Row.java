// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.List;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.plugins.kernel.message.Template.Hole;
import org.fmd.plugins.kernel.message.Template.Kind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.BufferError;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.Observation.RecoveryStep;
import org.fmd.plugins.kernel.observation.Observation.SasAddressReported;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/** One row of the table: how a message goes behind its speaker's name, and what it means. */
final class Row {
    /** The hole that names the part the message is about; without one that is the speaker. */
    private static final String PART = "part";

    /** The hole that names a disk, as H:C:T:L or with the commas of aacraid. */
    private static final String DEVICE = "device";

    private static final String HOST = "host";
    private static final String TARGET = "target";
    private static final String LUN = "lun";
    private static final String CHANNEL = "channel";
    private static final String ADDRESS = "sas-address";
    private static final int MAX_MESSAGE = 200;

    private enum Meaning {
        EVENT,
        STEP,
        STEP_OVER,
        ADDRESS,
        BUFFER
    }

    private final Template template;
    private final Meaning meaning;
    private final @Nullable PartEvent event;
    private final String text;

    private Row(String pattern, Meaning meaning, @Nullable PartEvent event, String text) {
        this.template = Template.of(pattern);
        this.meaning = meaning;
        this.event = event;
        this.text = text;
    }

    /** A message that says this of a part. */
    static Row says(String pattern, PartEvent event) {
        return new Row(pattern, Meaning.EVENT, event, "");
    }

    /** The same, and the part's name has this before what stands in the hole. */
    static Row says(String pattern, PartEvent event, String partPrefix) {
        return new Row(pattern, Meaning.EVENT, event, partPrefix);
    }

    /** A message that a step of the error handler begins. */
    static Row step(String pattern, String step) {
        return new Row(pattern, Meaning.STEP, null, step);
    }

    /** A message that such a step is over; it counts where its beginning was not told. */
    static Row stepOver(String pattern, String step) {
        return new Row(pattern, Meaning.STEP_OVER, null, step);
    }

    /** A message that tells the SAS address of a device. */
    static Row address(String pattern) {
        return new Row(pattern, Meaning.ADDRESS, null, "");
    }

    /** A message that a buffer of a block device could not be read or written. */
    static Row buffer(String pattern) {
        return new Row(pattern, Meaning.BUFFER, null, "");
    }

    /** Returns for people what the message comes to. */
    String inWords() {
        return switch (meaning) {
            case EVENT -> event == null ? "" : inWords(event);
            case STEP -> "the error handler takes a step: " + text;
            case STEP_OVER -> "that step of the error handler is over: " + text;
            case ADDRESS -> "the SAS address of a disk";
            case BUFFER ->
                "of a device-mapper device: "
                        + PartEvent.SERVICE_LOST.eventClass().name() + ", if a path failed in the two minutes before";
        };
    }

    private static String inWords(PartEvent event) {
        String assessment = event.driverAssessment();
        int spell = event.spellSeconds();
        return event.eventClass().name()
                + (assessment == null ? "" : ", " + assessment)
                + (spell == 0 ? "" : ", once in " + spell + " s");
    }

    String beginning() {
        return template.beginning();
    }

    /**
     * Returns what the message says, null if it is not this one.
     *
     * @param speaker the part that speaks
     * @param said the disk that it speaks of, null if only the message can tell
     */
    @Nullable
    Observation read(String line, int from, int to, String speaker, @Nullable ScsiDevice said) {
        String[] found = template.match(line, from, to);
        if (found == null) {
            return null;
        }
        return switch (meaning) {
            case EVENT -> event(found, line, to, speaker, said);
            case STEP, STEP_OVER ->
                new RecoveryStep(said != null ? said : device(found), speaker, text, meaning == Meaning.STEP_OVER);
            case ADDRESS -> {
                String address = hole(found, ADDRESS);
                yield said == null || address == null ? null : new SasAddressReported(said.hctl(), address);
            }
            case BUFFER -> {
                String disk = hole(found, PART);
                yield disk == null || !disk.startsWith("dm-") ? null : new BufferError(disk);
            }
        };
    }

    private @Nullable Observation event(
            String[] found, String line, int to, String speaker, @Nullable ScsiDevice said) {
        String named = hole(found, PART);
        ScsiDevice device = said != null ? said : device(found);
        String part = named != null ? text + named : device != null ? name(device) : speaker;
        NvList.Builder facts = NvList.builder();
        for (int i = 0; i < found.length; i++) {
            Hole hole = template.holes().get(i);
            if (isFact(hole.name()) && !put(facts, hole, found[i])) {
                return null;
            }
        }
        facts.string("msg", printable(line, to));
        return event == null ? null : new PartReported(part, event, facts.build());
    }

    private static boolean isFact(String name) {
        return !name.isEmpty()
                && !List.of(PART, DEVICE, HOST, TARGET, LUN, CHANNEL).contains(name);
    }

    private static String name(ScsiDevice device) {
        return device.disk() != null ? device.disk() : device.hctl();
    }

    private @Nullable ScsiDevice device(String[] found) {
        String hctl = hole(found, DEVICE);
        if (hctl != null) {
            return isAddress(hctl) ? new ScsiDevice(hctl, null) : null;
        }
        String host = hole(found, HOST);
        String target = hole(found, TARGET);
        if (host == null || target == null) {
            return null;
        }
        String channel = hole(found, CHANNEL);
        String lun = hole(found, LUN);
        return new ScsiDevice(
                host + ":" + (channel == null ? "0" : channel) + ":" + target + ":" + (lun == null ? "0" : lun), null);
    }

    private static boolean isAddress(String hctl) {
        int colons = 0;
        for (int i = 0; i < hctl.length(); i++) {
            if (hctl.charAt(i) == ':') {
                colons++;
            }
        }
        return colons == 3 && !hctl.startsWith(":") && !hctl.endsWith(":") && !hctl.contains("::");
    }

    private @Nullable String hole(String[] found, String name) {
        for (int i = 0; i < found.length; i++) {
            if (template.holes().get(i).name().equals(name)) {
                return found[i];
            }
        }
        return null;
    }

    /** Returns whether the text is a value of that kind: a number may need more bits than it has. */
    private static boolean put(NvList.Builder facts, Hole hole, String text) {
        Kind kind = hole.kind();
        if (!kind.isNumber()) {
            facts.string(hole.name(), printable(text, text.length()));
            return true;
        }
        long value;
        try {
            value = Long.parseUnsignedLong(text, kind.hexadecimal ? 16 : 10);
        } catch (NumberFormatException e) {
            return false;
        }
        if (kind.bits < 64 && value >>> kind.bits != 0) {
            return false;
        }
        NvType type = switch (kind.bits) {
            case 8 -> NvType.UINT8;
            case 16 -> NvType.UINT16;
            case 32 -> NvType.UINT32;
            default -> NvType.UINT64;
        };
        facts.number(type, hole.name(), value);
        return true;
    }

    private static String printable(String line, int to) {
        int end = Math.min(to, MAX_MESSAGE);
        StringBuilder shown = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            shown.append(c < ' ' || c == 0x7f ? '.' : c);
        }
        return shown.toString().strip();
    }

    @Override
    public String toString() {
        return template.toString();
    }
}

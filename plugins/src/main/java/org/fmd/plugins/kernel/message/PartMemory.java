// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/** What is remembered of parts: what was told of them last, and who stands where. Bounded; belongs to one thread. */
final class PartMemory {
    private static final int MAX_REMEMBERED = 4096;
    private static final long GONE_MICROS = 10_000_000;

    private record Told(String part, PartEvent event) {}

    private record Step(String hctl, Stamp at) {}

    private final Map<Told, Stamp> told = bounded();
    /** Parts that something bad was told of, and nothing good since. */
    private final Map<String, Stamp> troubled = bounded();

    private final Map<String, Stamp> steps = bounded();
    private final Map<String, Step> stepOfAdapter = bounded();
    /** Disks at whose address nobody answered lately. */
    private final Map<String, Stamp> gone = bounded();

    private final Map<String, String> nameOfAddress = bounded();
    private final Map<Long, String> hctlOfSasAddress = bounded();

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /** Returns whether that is news: not the same again in its spell, and no recovery of a part that nothing had happened to. */
    boolean isNews(String part, PartEvent event, Stamp now) {
        switch (event) {
            case SERVICE_RESTORED, FC_LINK_UP, ISCSI_CONNECTION_RESTORED, PATH_RESTORED -> {
                if (troubled.remove(part) == null) {
                    return false;
                }
                told.keySet().removeIf(t -> t.part().equals(part));
            }
            case SAS_LOG, MD_READ_CORRECTED, USAGE_ATTRIBUTE -> {}
            default -> troubled.put(part, now);
        }
        if (event.spellSeconds() == 0) {
            return true;
        }
        Stamp before = told.put(new Told(part, event), now);
        return before == null || elapsed(before, now) > event.spellSeconds() * 1_000_000L;
    }

    /** Backwards counts as long: then a log begins anew. */
    private static long elapsed(Stamp before, Stamp now) {
        long micros = Moments.KERNEL.between(before, now);
        if (before.kernelMicros() == Stamp.NOT_TOLD || now.kernelMicros() == Stamp.NOT_TOLD) {
            micros = Moments.ARRIVAL.between(before, now);
        }
        return micros < 0 ? Long.MAX_VALUE : micros;
    }

    /** Notes that the error handler began with a step for a device. */
    void step(String hctl, Stamp now) {
        steps.put(hctl, now);
    }

    /** Returns whether the step that is over now was told when it began, and forgets it. */
    boolean takeStep(String hctl, Stamp now, long withinMicros) {
        Stamp began = steps.remove(hctl);
        return began != null && elapsed(began, now) <= withinMicros;
    }

    /** Notes for whose disk an adapter takes steps. */
    void stepOf(String adapter, String hctl, Stamp now) {
        stepOfAdapter.put(adapter, new Step(hctl, now));
    }

    /** Returns whose disk an adapter took a step for last, null if that is too long ago. */
    @Nullable
    String lastStepOf(String adapter, Stamp now, long withinMicros) {
        Step last = stepOfAdapter.get(adapter);
        return last != null && elapsed(last.at(), now) <= withinMicros ? last.hctl() : null;
    }

    /** Learns the name of a device if it was said. */
    void named(ScsiDevice device) {
        if (device.disk() != null && !device.hctl().isEmpty()) {
            nameOfAddress.put(device.hctl(), device.disk());
        }
    }

    void standsAt(String hctl, String sasAddress) {
        Long number = number(sasAddress);
        if (number != null) {
            hctlOfSasAddress.put(number, hctl);
        }
    }

    private static @Nullable Long number(String hexadecimal) {
        try {
            return Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns the disk with its name, where that is known. */
    ScsiDevice known(ScsiDevice device) {
        String name = device.disk() != null ? device.disk() : nameOfAddress.get(device.hctl());
        return new ScsiDevice(device.hctl(), name);
    }

    /** Notes that nobody answers at that address any more. */
    void isGone(ScsiDevice device, Stamp now) {
        gone.put(device.hctl(), now);
    }

    /**
     * Returns the name of the disk at a SAS address; its SCSI address, or the SAS address, where that is not known. An adapter
     * removes a disk that does not answer, and tells its SAS address alone: if there is one such disk, it is this.
     */
    String diskAt(long sasAddress, Stamp now) {
        String hctl = hctlOfSasAddress.get(sasAddress);
        if (hctl == null) {
            gone.values().removeIf(since -> elapsed(since, now) > GONE_MICROS);
            hctl = gone.size() == 1 ? gone.keySet().iterator().next() : null;
        }
        if (hctl == null) {
            return "0x" + Long.toHexString(sasAddress);
        }
        hctlOfSasAddress.put(sasAddress, hctl);
        return nameOfAddress.getOrDefault(hctl, hctl);
    }
}

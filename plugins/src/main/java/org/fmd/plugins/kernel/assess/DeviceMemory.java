// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/** What is remembered of each device between commands; the devices heard of longest ago are forgotten. Belongs to the assembler's thread. */
final class DeviceMemory {
    static final int MAX_DEVICES = 4096;

    /** Kernels since 5.6 say once per spell that they refuse; older ones say it per request, so a pause ends a spell too. */
    private static final Duration SPELL_PAUSE = Duration.ofMinutes(1);

    private static final Duration REPEAT = Duration.ofSeconds(2);

    private final Map<String, Device> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
            if (size() <= MAX_DEVICES) {
                return false;
            }
            forgetName(eldest.getValue());
            return true;
        }
    };
    private final Map<String, Device> byName = new HashMap<>();

    /** What is remembered of one device. */
    static final class Device {
        final String hctl;

        @Nullable
        String disk;

        private @Nullable Instant refusing;
        private @Nullable Stamp conflict;
        private @Nullable BlockError lastBlock;
        private @Nullable Stamp lastBlockAt;
        private final Map<AdditionalSense, Told> attentions = new HashMap<>();

        Device(String hctl) {
            this.hctl = hctl;
        }

        ScsiDevice asScsi() {
            return new ScsiDevice(hctl, disk);
        }

        /** Notes that requests are refused; returns whether that is news. */
        boolean refuses(Instant now) {
            boolean news = refusing == null || now.isAfter(refusing.plus(SPELL_PAUSE));
            refusing = now;
            return news;
        }

        boolean isRefusing() {
            return refusing != null;
        }

        /** Notes that the device lives: the next refusal begins a new spell. */
        void answers() {
            refusing = null;
        }

        void conflicts(Stamp at) {
            conflict = at;
        }

        /** Returns whether the line about a reservation belongs to a command that fails now, and forgets it. */
        boolean takeConflict(Stamp now) {
            boolean recent = conflict != null && near(conflict, now);
            conflict = null;
            return recent;
        }

        void ended(BlockError block, Stamp at) {
            lastBlock = block;
            lastBlockAt = at;
        }

        /** Returns whether the request has been told already: the flush machinery ends one request twice. */
        boolean isRepeated(BlockError block, Stamp now) {
            return lastBlock != null
                    && lastBlockAt != null
                    && near(lastBlockAt, now)
                    && lastBlock.sector() == block.sector()
                    && lastBlock.op() == block.op();
        }

        /** Returns whether the other source has just told the same; else remembers this one. */
        boolean isTold(UnitAttention attention, Instant now) {
            Told before = attentions.put(attention.what(), new Told(attention.byUevent(), now));
            return before != null
                    && before.byUevent() != attention.byUevent()
                    && Duration.between(before.at(), now).abs().compareTo(REPEAT) <= 0;
        }
    }

    /** Who told of a unit attention last, and when. There are as many of these as forms of the lines: a handful. */
    private record Told(boolean byUevent, Instant at) {}

    private static boolean near(Stamp before, Stamp now) {
        return (before.kernelMicros() != Stamp.NOT_TOLD && now.kernelMicros() != Stamp.NOT_TOLD)
                ? now.kernelMicros() - before.kernelMicros() <= OpenCommands.WINDOW_MICROS
                : now.arrival() - before.arrival() <= OpenCommands.WINDOW_MICROS * 1000;
    }

    /** Returns the device at that address, and learns its name if it was said. */
    Device of(ScsiDevice said) {
        String key = said.hctl().isEmpty() ? "name " + said.disk() : said.hctl();
        Device device = byAddress.computeIfAbsent(key, k -> new Device(said.hctl()));
        String disk = said.disk();
        if (disk != null && !disk.equals(device.disk)) {
            forgetName(device);
            device.disk = disk;
            byName.put(disk, device);
        }
        return device;
    }

    /** Returns the device that had that name last, null if nobody said so. */
    @Nullable
    Device named(String disk) {
        return byName.get(disk);
    }

    private void forgetName(Device device) {
        if (device.disk != null) {
            byName.remove(device.disk, device);
        }
    }
}

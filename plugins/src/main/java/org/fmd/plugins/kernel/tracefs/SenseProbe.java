// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.tracefs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fmd.plugins.kernel.trace.FormatProblem;

/**
 * A probe event on {@code scsi_check_sense}, which tells all of the sense, retries included, on kernels whose own trace events do
 * not (kernel channel reference §2.6). The probe is given offsets, which every kernel takes, and not names of members, which only
 * those since 6.12 do; the offsets come from the type information of the running kernel.
 */
final class SenseProbe {
    static final String EVENT = "fmd/sense";

    private static final String FUNCTION = "scsi_check_sense";
    /** More than any kernel has. */
    private static final long MAX_TYPES = 64L << 20;

    private SenseProbe() {}

    /**
     * Defines the probe, if it is not defined yet.
     *
     * @param tracefs where tracefs is mounted
     * @param btf the folder with the type information of kernel and modules
     * @throws IOException if the kernel does not want it; the message says why
     */
    static void define(Path tracefs, Path btf) throws IOException {
        if (Files.exists(tracefs.resolve("events").resolve(EVENT))) {
            return;
        }
        Path probes = tracefs.resolve("kprobe_events");
        if (!Files.exists(probes)) {
            throw new IOException("the kernel has no probe events (CONFIG_KPROBE_EVENTS)");
        }
        try {
            append(probes, definition(types(btf)));
        } catch (FormatProblem e) {
            throw new IOException("'" + btf + "': " + e.getMessage(), e);
        }
    }

    /** Removes the probe; it stays while somebody else uses it. */
    static void remove(Path tracefs) {
        if (Files.exists(tracefs.resolve("events").resolve(EVENT))) {
            try {
                append(tracefs.resolve("kprobe_events"), "-:" + EVENT + "\n");
            } catch (IOException e) {
                // Another daemon of this host has it enabled, and will remove it.
            }
        }
    }

    /** One write for each definition, at the end. */
    private static void append(Path probes, String line) throws IOException {
        Files.write(
                probes, line.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static Btf types(Path folder) throws IOException, FormatProblem {
        Btf kernel = Btf.ofKernel(bounded(folder.resolve("vmlinux")));
        Path module = folder.resolve("scsi_mod");
        return Files.exists(module) ? kernel.withModule(bounded(module)) : kernel;
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > MAX_TYPES) {
            throw new IOException("'" + file + "' is larger than any kernel's");
        }
        return Files.readAllBytes(file);
    }

    /** Returns the definition in the words of {@code Documentation/trace/kprobetrace.rst}. */
    static String definition(Btf types) throws FormatProblem {
        int device = need(types, "scsi_cmnd", "device").offset();
        int host = need(types, "scsi_device", "host").offset();
        Btf.Member cdb = need(types, "scsi_cmnd", "cmnd");
        String ofDevice = "(+" + device + "($arg1))";
        String command = cdb.pointer() ? "+0(+" + cdb.offset() + "($arg1))" : "+" + cdb.offset() + "($arg1)";
        return "p:" + EVENT + " " + FUNCTION
                + " host=+" + need(types, "Scsi_Host", "host_no").offset() + "(+" + host + ofDevice + "):u32"
                + " channel=+" + need(types, "scsi_device", "channel").offset() + ofDevice + ":u32"
                + " id=+" + need(types, "scsi_device", "id").offset() + ofDevice + ":u32"
                + " lun=+" + need(types, "scsi_device", "lun").offset() + ofDevice + ":u64"
                + " result=+" + need(types, "scsi_cmnd", "result").offset() + "($arg1):x32"
                + " retries=+" + need(types, "scsi_cmnd", "retries").offset() + "($arg1):s32"
                + " allowed=+" + need(types, "scsi_cmnd", "allowed").offset() + "($arg1):s32"
                + " sbuf=+0(+" + need(types, "scsi_cmnd", "sense_buffer").offset() + "($arg1)):x8[32]"
                + " cdb=" + command + ":x8[16]\n";
    }

    private static Btf.Member need(Btf types, String structure, String name) throws FormatProblem {
        Btf.Member member = types.member(structure, name);
        if (member == null) {
            throw new FormatProblem("struct " + structure + " has no member '" + name + "'");
        }
        return member;
    }
}

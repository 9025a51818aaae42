// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/**
 * Makes a capture folder of a host with as many disks as wanted, of which some report one hardware error each, one after the
 * other. Its sysfs is a tree of files, which the daemon reads as it reads the kernel's. The host is that of the fixture {@code mptsas-media}, its second disk copied under other names; what the kernel says
 * of an error are the lines of the fixture {@code sdebug-hardware-error}.
 */
final class ManyDisks {
    /** The disk that is copied, by all names that it has. */
    private static final Pattern ORIGINAL =
            Pattern.compile("0:0:1:0|target0:0:1\\b|(?:end_device|port|phy)-0:1\\b|\\bsdb\\b");

    /** The other disk, and what nobody reads. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "/device/(?:evt_|io[a-z]*_cnt|queue_|eh_|vpd_pgb|modalias|dh_|scsi_level)|/queue/[a-k]|/queue/s|_count$|"
                    + "class/(?:sas_end_device|scsi_disk|sas_phy|sas_port)/|0:0:0:0|target0:0:0\\b|(?:end_device|port|phy)-0:0\\b|\\bsda\\b");

    /** When the recording's machine began to act, in the three clocks of a capture. */
    private static final long ACT_WALL = 1_800_000_000_000_000_000L;

    private static final long ACT_MICROS = 20_000_000L;

    private ManyDisks() {}

    /** Arguments: the fixture's sysfs.json, the folder to make, disks, errors, milliseconds from one error to the next. */
    public static void main(String[] args) throws IOException, JsonProblem {
        Path folder = Path.of(args[1]);
        int disks = Integer.parseInt(args[2]);
        int errors = Integer.parseInt(args[3]);
        Files.createDirectories(folder);
        writeTree(folder.resolve("sys"), sysfs(Files.readAllBytes(Path.of(args[0])), disks));
        Files.writeString(folder.resolve("kmsg.raw"), kmsg(errors, Long.parseLong(args[4])));
        Files.write(
                folder.resolve("meta.json"),
                Json.writeLine(Map.of(
                        "marks",
                        List.of(Map.of(
                                "name",
                                "act",
                                "realtime_ns",
                                ACT_WALL,
                                "monotonic_ns",
                                ACT_MICROS * 1000,
                                "trace_clock_s",
                                ACT_MICROS / 1e6)))));
    }

    private static Map<String, Object> sysfs(byte[] fixture, int disks) throws JsonProblem {
        Map<String, Object> host = new LinkedHashMap<>();
        Map<String, Object> original = new LinkedHashMap<>();
        if (!(Json.parseObject(fixture).get("before") instanceof Map<?, ?> before)) {
            throw new IllegalArgumentException("the fixture has no object 'before'");
        }
        before.forEach((key, value) -> {
            String path = String.valueOf(key);
            if (LEFT_OUT.matcher(path).find() || path.startsWith("/")) {
                return;
            }
            (ORIGINAL.matcher(path).find() ? original : host).put(path, value);
        });
        for (int disk = 0; disk < disks; disk++) {
            int number = disk;
            original.forEach((path, value) -> host.put(renamed(path, number), copied(path, value, number)));
        }
        return host;
    }

    /** Writes the files as sysfs has them, links first: most paths lead through one. */
    private static void writeTree(Path root, Map<String, Object> entries) throws IOException {
        for (Map.Entry<String, Object> entry : new TreeMap<>(entries).entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> form && form.get("link") instanceof String target) {
                Path link = root.resolve(entry.getKey());
                Files.createDirectories(root.resolve(target));
                Files.createDirectories(link.resolveSibling(""));
                Files.createSymbolicLink(link, root.resolve(target));
            }
        }
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            byte[] content;
            if (entry.getValue() instanceof String text) {
                content = (text + "\n").getBytes(StandardCharsets.UTF_8);
            } else if (entry.getValue() instanceof Map<?, ?> form && form.get("hex") instanceof String hex) {
                content = HexFormat.of().parseHex(hex);
            } else {
                continue;
            }
            Path file = root.resolve(entry.getKey());
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
        }
    }

    private static Object copied(String path, Object value, int disk) {
        if (value instanceof Map<?, ?> form) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            form.forEach((kind, text) -> copy.put(String.valueOf(kind), renamed(String.valueOf(text), disk)));
            return copy;
        }
        if (path.endsWith("/scsi_target_id") || path.endsWith("/phy_identifier")) {
            return Integer.toString(disk);
        }
        return path.equals("block/sdb/dev") ? "8:" + 16 * disk : renamed(String.valueOf(value), disk);
    }

    /** Returns a text with the original's address, name, SAS addresses and serial number replaced. */
    private static String renamed(String text, int disk) {
        String serial = String.format(Locale.ROOT, "B%07d", disk);
        return text.replace("0:0:1:0", "0:0:" + disk + ":0")
                .replaceAll("(target0:0|(?:end_device|port|phy)-0):1\\b", "$1:" + disk)
                .replaceAll("\\bsdb\\b", name(disk))
                .replaceAll("\\bsg1$", "sg" + disk)
                .replace("5000c500b0000001", String.format(Locale.ROOT, "5000c5%010x", 4L * disk + 1))
                .replace("5000c500b0000002", String.format(Locale.ROOT, "5000c5%010x", 4L * disk + 2))
                .replace("SASDISK2", serial)
                .replace(hex("SASDISK2"), hex(serial));
    }

    private static String hex(String text) {
        StringBuilder digits = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
            digits.append(Integer.toHexString(octet));
        }
        return digits.toString();
    }

    /** Returns the kernel's name of the n-th disk: sda, sdb, … sdz, sdaa. */
    private static String name(int disk) {
        StringBuilder letters = new StringBuilder();
        for (int rest = disk + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('a' + (rest - 1) % 26));
        }
        return "sd" + letters;
    }

    /** The lines of one command carry one time, so that an ereport's time is that of its last line, too. */
    private static String kmsg(int errors, long spacingMillis) {
        StringBuilder text = new StringBuilder();
        long sequence = 1000;
        for (int disk = 0; disk < errors; disk++) {
            long micros = ACT_MICROS + 1_000_000 + disk * spacingMillis * 1000;
            int sector = 2048 + 8 * disk;
            String address = "0:0:" + disk + ":0";
            String tag = "sd " + address + ": [" + name(disk) + "] tag#" + disk % 64 + " ";
            String cdb = String.format(
                    Locale.ROOT,
                    "28 00 %02x %02x %02x %02x 00 00 08 00",
                    sector >>> 24,
                    sector >>> 16 & 255,
                    sector >>> 8 & 255,
                    sector & 255);
            List<String> lines = new ArrayList<>();
            lines.add(tag + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s");
            lines.add(tag + "Sense Key : Hardware Error [current] ");
            lines.add(tag + "Add. Sense: Internal target failure");
            lines.add(tag + "CDB: Read(10) " + cdb);
            for (String line : lines) {
                text.append("6,")
                        .append(sequence++)
                        .append(',')
                        .append(micros)
                        .append(",-;")
                        .append(line);
                text.append("\n SUBSYSTEM=scsi\n DEVICE=+scsi:").append(address).append('\n');
            }
            text.append("3,").append(sequence++).append(',').append(micros).append(",-;critical target error, dev ");
            text.append(name(disk)).append(", sector ").append(sector);
            text.append(" op 0x0:(READ) flags 0x800 phys_seg 1 prio class 2\n");
        }
        return text.toString();
    }
}

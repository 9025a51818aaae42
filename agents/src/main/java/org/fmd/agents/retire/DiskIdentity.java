// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * All names that the device behind a kernel name gives itself now, so that a devid can be confirmed before anything is
 * written. Names are reduced to letters and digits, since their padding differs from source to source (kernel-channel
 * reference §7).
 *
 * @param names reduced names: NAA and EUI-64 numbers in hexadecimal, T10 texts, vendor with model and serial number
 */
record DiskIdentity(Set<String> names) {
    private static final HexFormat HEX = HexFormat.of();

    DiskIdentity {
        names = Set.copyOf(names);
    }

    /** Reads the identity of a block device; files that cannot be read add nothing. */
    static DiskIdentity read(KernelTree tree, String kernelName) {
        String block = "block/" + kernelName;
        String device = block + "/device";
        Set<String> names = new LinkedHashSet<>();
        binary(tree, device + "/vpd_pg83").ifPresent(page -> addDesignators(page, names));
        for (String file : List.of(block + "/wwid", device + "/wwid")) {
            text(tree, file).ifPresent(wwid -> {
                add(names, wwid);
                add(names, wwid.substring(wwid.indexOf('.') + 1));
            });
        }
        for (String file : List.of("/nguid", "/eui", "/uuid")) {
            text(tree, block + file).ifPresent(id -> add(names, id));
        }
        String vendor = text(tree, device + "/vendor").orElse("");
        String model = text(tree, device + "/model").orElse("");
        serial(tree, block).ifPresent(serial -> {
            add(names, vendor + model + serial);
            add(names, model + serial);
        });
        return new DiskIdentity(names);
    }

    /** Returns the serial number that the device gives, empty if none can be read. */
    static Optional<String> serial(KernelTree tree, String block) {
        Optional<String> page = binary(tree, block + "/device/vpd_pg80")
                .filter(bytes -> bytes.length > 4)
                .map(bytes -> ascii(bytes, 4, bytes.length));
        for (String file : List.of("/device/serial", "/serial")) {
            if (page.isEmpty() || page.get().isEmpty()) {
                page = text(tree, block + file);
            }
        }
        return page.filter(serial -> !serial.isEmpty());
    }

    /** Returns whether the device is the one that the devid names: {@code id1,sd@n5000c500a0000001} and its kin. */
    boolean isCalled(String devid) {
        String tail = devid.substring(devid.indexOf('@') + 1);
        return tail.length() > 1 && (names.contains(reduce(tail.substring(1))) || names.contains(reduce(tail)));
    }

    /** Walks the designators of VPD page 83h (SPC-6 7.7.6) that name the logical unit: another port is no other disk. */
    private static void addDesignators(byte[] page, Set<String> names) {
        int at = 4;
        while (at + 4 <= page.length) {
            int codeSet = page[at] & 0x0F;
            int association = (page[at + 1] >> 4) & 0x03;
            int type = page[at + 1] & 0x0F;
            int from = at + 4;
            int to = from + (page[at + 3] & 0xFF);
            if (to > page.length) {
                return;
            }
            if (association == 0 && (type == 1 || type == 2 || type == 3 || type == 8)) {
                String name = codeSet == 1 ? HEX.formatHex(page, from, to) : ascii(page, from, to);
                add(names, name);
                add(names, name.substring(name.indexOf('.') + 1));
            }
            at = to;
        }
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
    }

    private static void add(Set<String> names, String name) {
        String reduced = reduce(name);
        // Shorter than this is no identity: emulated disks number themselves 0, 1, 2.
        if (reduced.length() >= 8) {
            names.add(reduced);
        }
    }

    private static String reduce(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(KernelTree tree, String file) {
        try {
            return tree.text(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> binary(KernelTree tree, String file) {
        try {
            return tree.bytes(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

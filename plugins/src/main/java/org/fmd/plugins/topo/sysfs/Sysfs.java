// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import java.util.List;
import java.util.Optional;

/** What the enumerator asks of sysfs. Paths are relative to its root; what cannot be read is empty. */
public interface Sysfs {

    /** Returns the text of an attribute without blanks and NULs at its ends; empty if there is none or nothing in it. */
    Optional<String> text(String path);

    /** Returns the bytes of an attribute. */
    Optional<byte[]> bytes(String path);

    /** Returns where a symbolic link leads in the end, relative to the root: {@code devices/pci0000:00/…}. */
    Optional<String> link(String path);

    /** Returns the names in a folder, in no order that could be relied on; none if there is no such folder. */
    List<String> children(String path);

    /** Returns an attribute as a number that is not negative, decimal or hexadecimal with {@code 0x}. */
    default Optional<Long> number(String path) {
        String text = text(path).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            long number = text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
            return number < 0 ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

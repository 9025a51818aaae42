// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a device in the kernel's tree, below {@code /sys}, and what its steps say.
 *
 * <pre>
 *   /devices/pci0000:00/0000:00:06.0/host0/port-0:0/end_device-0:0/target0:0:0/0:0:0:0
 *                       PCI function HBA   SAS port end device     target      logical unit
 * </pre>
 *
 * <p>Paths are ordered by their steps, numbers in them by value, so that host2 comes before host10.
 *
 * @param text begins with a slash
 */
record DevicePath(String text) implements Comparable<DevicePath> {
    static final Pattern PCI = Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    /** Steps whose first number the kernel gives out in order of discovery: it changes from boot to boot. */
    private static final Pattern PASSING = Pattern.compile(
            "(host|target|session|port-|end_device-|rport-|expander-|)[0-9]+((?::[0-9]+){2,3}|:[0-9]+|:[0-9]+-[0-9]+|)");

    static DevicePath ofLink(String link) {
        return new DevicePath("/" + link);
    }

    DevicePath child(String name) {
        return new DevicePath(text + "/" + name);
    }

    /** Returns the path with that many steps cut off its end; itself if it has no more. */
    DevicePath parent() {
        int slash = text.lastIndexOf('/');
        return slash > 0 ? new DevicePath(text.substring(0, slash)) : this;
    }

    String last() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Returns the path up to the SCSI host. */
    Optional<DevicePath> host() {
        return upToFirst("host");
    }

    /** Returns the path up to the SCSI target. */
    Optional<DevicePath> target() {
        return upToFirst("target");
    }

    /** Returns the path up to the SAS end device, iSCSI session or remote FC port. */
    Optional<DevicePath> port() {
        return upToFirst("end_device-", "session", "rport-");
    }

    /** Returns the path up to the port of an ATA controller; <em>not</em> numbered as hosts are. */
    Optional<DevicePath> ata() {
        return upToFirst("ata");
    }

    /** Returns the path up to the PCI function that is nearest above. */
    Optional<DevicePath> pci() {
        List<DevicePath> functions = pciFunctions();
        return functions.isEmpty() ? Optional.empty() : Optional.of(functions.get(0));
    }

    /** Returns the paths up to each PCI function on the way, the nearest first; bridges are functions too. */
    List<DevicePath> pciFunctions() {
        List<DevicePath> functions = new ArrayList<>();
        for (DevicePath path = this; path.text.lastIndexOf('/') > 0; path = path.parent()) {
            if (isPci(path.last())) {
                functions.add(path);
            }
        }
        return functions;
    }

    boolean isUsb() {
        return upToFirst("usb").isPresent();
    }

    /** Returns the names of the SAS expanders on the way, the one nearest to the host first. */
    List<String> expanders() {
        return steps().stream().filter(step -> isNumbered(step, "expander-")).toList();
    }

    /** Returns the path without the numbers that change from boot to boot, as far as it can be known. */
    String lasting() {
        StringBuilder lasting = new StringBuilder();
        for (String step : steps()) {
            Matcher passing = PASSING.matcher(step);
            lasting.append('/').append(passing.matches() ? passing.group(1) + passing.group(2) : step);
        }
        return lasting.toString();
    }

    /** The first: class folders repeat the name of the device further down. */
    private Optional<DevicePath> upToFirst(String... names) {
        for (int start = 1, end; start < text.length(); start = end + 1) {
            int slash = text.indexOf('/', start);
            end = slash < 0 ? text.length() : slash;
            for (String name : names) {
                if (text.startsWith(name, start) && isNumbered(text.substring(start, end), name)) {
                    return Optional.of(new DevicePath(text.substring(0, end)));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether a step is that name with numbers behind it: host0, end_device-0:1, rport-2:0-3. */
    private static boolean isNumbered(String step, String name) {
        if (!step.startsWith(name) || step.length() == name.length()) {
            return false;
        }
        for (int i = name.length(); i < step.length(); i++) {
            char c = step.charAt(i);
            if (!isDigit(c) && (i == name.length() || (c != ':' && c != '-'))) {
                return false;
            }
        }
        return true;
    }

    private List<String> steps() {
        return List.of(text.substring(1).split("/", -1));
    }

    @Override
    public int compareTo(DevicePath that) {
        int differ = 0;
        int shorter = Math.min(text.length(), that.text.length());
        while (differ < shorter && text.charAt(differ) == that.text.charAt(differ)) {
            differ++;
        }
        if (differ == shorter) {
            return Integer.compare(text.length(), that.text.length());
        }
        int start = text.lastIndexOf('/', differ - 1) + 1;
        return compareSteps(stepAt(text, start), stepAt(that.text, start));
    }

    private static String stepAt(String path, int start) {
        int end = path.indexOf('/', start);
        return path.substring(start, end < 0 ? path.length() : end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static int compareSteps(String a, String b) {
        if (isPci(a) && isPci(b)) {
            return comparePci(a, b);
        }
        int natural = compareNatural(a, b);
        return natural != 0 ? natural : a.compareTo(b);
    }

    private static boolean isPci(String step) {
        return step.indexOf('.') > 0 && PCI.matcher(step).matches();
    }

    /** Compares two PCI addresses: hexadecimal, the domain may have more than four digits. */
    static int comparePci(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /** Compares runs of digits by their value and everything else as it is; zeros in front do not count. */
    static int compareNatural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endOfA = endOfDigits(a, i);
                int endOfB = endOfDigits(b, j);
                int order = compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB));
                if (order != 0) {
                    return order;
                }
                i = endOfA;
                j = endOfB;
            } else if (a.charAt(i) == b.charAt(j)) {
                i++;
                j++;
            } else {
                return Character.compare(a.charAt(i), b.charAt(j));
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int compareNumbers(String a, String b) {
        String x = withoutZeros(a);
        String y = withoutZeros(b);
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

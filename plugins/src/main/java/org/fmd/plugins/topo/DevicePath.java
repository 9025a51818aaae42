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
    private static final Pattern HOST = Pattern.compile("host[0-9]+");
    private static final Pattern TARGET = Pattern.compile("target[0-9]+:[0-9]+:[0-9]+");
    private static final Pattern PORT = Pattern.compile("end_device-[0-9:]+|session[0-9]+|rport-[0-9:-]+");
    private static final Pattern ATA = Pattern.compile("ata[0-9]+");
    private static final Pattern EXPANDER = Pattern.compile("expander-[0-9:]+");
    private static final Pattern USB = Pattern.compile("usb[0-9]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

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
        return upToFirst(HOST);
    }

    /** Returns the path up to the SCSI target. */
    Optional<DevicePath> target() {
        return upToFirst(TARGET);
    }

    /** Returns the path up to the SAS end device, iSCSI session or remote FC port. */
    Optional<DevicePath> port() {
        return upToFirst(PORT);
    }

    /** Returns the path up to the port of an ATA controller; <em>not</em> numbered as hosts are. */
    Optional<DevicePath> ata() {
        return upToFirst(ATA);
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
            if (PCI.matcher(path.last()).matches()) {
                functions.add(path);
            }
        }
        return functions;
    }

    boolean isUsb() {
        return upToFirst(USB).isPresent();
    }

    /** Returns the names of the SAS expanders on the way, the one nearest to the host first. */
    List<String> expanders() {
        return steps().stream().filter(EXPANDER.asMatchPredicate()).toList();
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
    private Optional<DevicePath> upToFirst(Pattern wanted) {
        int end = 0;
        for (String step : steps()) {
            end += 1 + step.length();
            if (wanted.matcher(step).matches()) {
                return Optional.of(new DevicePath(text.substring(0, end)));
            }
        }
        return Optional.empty();
    }

    private List<String> steps() {
        return List.of(text.substring(1).split("/", -1));
    }

    @Override
    public int compareTo(DevicePath that) {
        List<String> mine = steps();
        List<String> others = that.steps();
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            int order = compareSteps(mine.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.size(), others.size());
    }

    @Override
    public String toString() {
        return text;
    }

    private static int compareSteps(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        if (PCI.matcher(a).matches() && PCI.matcher(b).matches()) {
            return comparePci(a, b);
        }
        int natural = compareNatural(a, b);
        return natural != 0 ? natural : a.compareTo(b);
    }

    /** Compares two PCI addresses: hexadecimal, the domain may have more than four digits. */
    static int comparePci(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /** Compares runs of digits by their value and everything else as it is. */
    static int compareNatural(String a, String b) {
        List<String> mine = runs(a);
        List<String> others = runs(b);
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            String x = mine.get(i);
            String y = others.get(i);
            boolean numbers = Character.isDigit(x.charAt(0)) && Character.isDigit(y.charAt(0));
            int order = numbers && x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.size(), others.size());
    }

    private static List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        Matcher digits = DIGITS.matcher(text);
        int at = 0;
        while (digits.find()) {
            if (digits.start() > at) {
                runs.add(text.substring(at, digits.start()));
            }
            String value = digits.group().replaceFirst("^0+(?=.)", "");
            runs.add(value);
            at = digits.end();
        }
        if (at < text.length()) {
            runs.add(text.substring(at));
        }
        return runs;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fmd.api.PropertySpec;
import org.fmd.core.intake.IntakePolicy;
import org.fmd.core.msg.Host;

/**
 * The daemon's own properties.
 *
 * @param host the machine as messages name it
 * @param minFree bytes that the logs leave free on their file system
 * @param reserve bytes that the logs keep for what is vital when the disk is full
 * @param rotateSize bytes from which on a log's file is rotated
 * @param rotateAge age from which on a log's file is rotated
 * @param logQuota bytes that all logs may take together
 * @param caseAge how long a resolved case is remembered
 * @param intake what is left out when ereports come faster than they can be logged
 * @param logLevel least level of the daemon's own log
 */
public record DaemonSettings(
        Host host,
        long minFree,
        long reserve,
        long rotateSize,
        Duration rotateAge,
        long logQuota,
        Duration caseAge,
        IntakePolicy intake,
        String logLevel) {
    /** What can be set in {@code fmd.conf}. */
    public static final List<PropertySpec> PROPERTIES = List.of(
            PropertySpec.of(
                    "server", PropertySpec.Type.TEXT, "", "name of this host in messages; empty: the host's name"),
            PropertySpec.of(
                    "product",
                    PropertySpec.Type.TEXT,
                    "",
                    "model of this host in messages; empty: what the firmware says"),
            PropertySpec.of(
                    "chassis",
                    PropertySpec.Type.TEXT,
                    "",
                    "serial number of the chassis; empty: what the firmware says"),
            PropertySpec.of(
                    "log.minfree", PropertySpec.Type.SIZE, "2m", "bytes that the logs leave free on their file system"),
            PropertySpec.of(
                    "log.reserve",
                    PropertySpec.Type.SIZE,
                    "4m",
                    "bytes kept for fatal ereports and diagnoses when the file system is full"),
            PropertySpec.of(
                    "log.rotate.size",
                    PropertySpec.Type.SIZE,
                    "16m",
                    "a log's file of that length is rotated, compressed and indexed"),
            PropertySpec.of("log.rotate.age", PropertySpec.Type.TIME, "7d", "so is one that was begun so long ago"),
            PropertySpec.of(
                    "log.quota",
                    PropertySpec.Type.SIZE,
                    "1g",
                    "bytes that all logs may take together; beyond, the oldest rotated files are deleted"),
            new PropertySpec(
                    "log.level",
                    PropertySpec.Type.CHOICE,
                    "info",
                    List.of("error", "warn", "info", "debug"),
                    "least level of the daemon's own log"),
            PropertySpec.of("rsrc.age", PropertySpec.Type.TIME, "30d", "how long a resolved case is remembered"),
            PropertySpec.of(
                    "intake.capacity", PropertySpec.Type.INT, "16384", "ereports that each lane of the intake holds"),
            PropertySpec.of(
                    "intake.thin.from",
                    PropertySpec.Type.INT,
                    "25",
                    "percent of the low lane in use from which on storms of transport ereports are thinned"),
            PropertySpec.of(
                    "intake.thin.keep",
                    PropertySpec.Type.INT,
                    "32",
                    "how many ereports of one device and class are then kept in a row"),
            PropertySpec.of("intake.thin.every", PropertySpec.Type.TIME, "1s", "and after them one in so long"));

    private static final long LEAST_FILE = 64L << 10;
    private static final long MOST_FILE = 1L << 30;
    private static final Path DMI = Path.of("/sys/class/dmi/id");

    /** Takes what the configuration sets; what is wrong with it goes to {@code problems}, and the default counts there. */
    public static DaemonSettings from(FmdConf conf, Problems problems) {
        ModuleSettings settings = ModuleSettings.of(PROPERTIES, conf.of(FmdConf.DAEMON), problems);
        Host host = new Host(
                or(settings.text("server"), hostName()),
                or(settings.text("product"), dmi("product_name")),
                or(settings.text("chassis"), dmi("product_serial")));
        long rotateSize = settings.size("log.rotate.size");
        if (rotateSize < LEAST_FILE || rotateSize > MOST_FILE) {
            problems.add("fmd.conf", "'log.rotate.size' is " + rotateSize + ", it must lie between 64k and 1g");
            rotateSize = 16L << 20;
        }
        long reserve = settings.size("log.reserve");
        if (reserve > MOST_FILE) {
            problems.add("fmd.conf", "'log.reserve' is " + reserve + ", it must not be more than 1g");
            reserve = 4L << 20;
        }
        Duration rotateAge = settings.time("log.rotate.age");
        if (rotateAge.compareTo(Duration.ofMinutes(1)) < 0) {
            problems.add("fmd.conf", "'log.rotate.age' is less than one minute");
            rotateAge = Duration.ofDays(7);
        }
        return new DaemonSettings(
                host,
                settings.size("log.minfree"),
                reserve,
                rotateSize,
                rotateAge,
                settings.size("log.quota"),
                settings.time("rsrc.age"),
                intake(settings, problems),
                settings.text("log.level"));
    }

    private static IntakePolicy intake(ModuleSettings settings, Problems problems) {
        IntakePolicy usual = IntakePolicy.DEFAULT;
        long every = settings.time("intake.thin.every").toMillis();
        if (every < 1) {
            problems.add("fmd.conf", "'intake.thin.every' is less than a millisecond");
        }
        return new IntakePolicy(
                between(settings, "intake.capacity", 16, 1_000_000, usual.capacity(), problems),
                between(settings, "intake.thin.from", 0, 100, usual.thinFrom(), problems),
                between(settings, "intake.thin.keep", 1, 10_000, usual.thinKeep(), problems),
                every < 1 ? usual.thinEvery() : settings.time("intake.thin.every"));
    }

    private static int between(ModuleSettings settings, String name, long least, long most, int usual, Problems to) {
        long value = settings.integer(name);
        if (value < least || value > most) {
            to.add("fmd.conf", "'" + name + "' is " + value + ", it must lie between " + least + " and " + most);
            return usual;
        }
        return (int) value;
    }

    private static String or(String set, String found) {
        return set.isEmpty() ? found : set;
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }

    private static String dmi(String name) {
        try {
            String text = Files.readString(DMI.resolve(name)).strip();
            return text.isEmpty() ? "-" : text;
        } catch (IOException e) {
            return "-";
        }
    }
}

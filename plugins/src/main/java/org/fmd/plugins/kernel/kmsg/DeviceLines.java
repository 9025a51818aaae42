// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.kmsg.KmsgLines.DeviceLine;
import org.fmd.plugins.kernel.kmsg.KmsgLines.Form;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AdditionalSenseReported;
import org.fmd.plugins.kernel.observation.Observation.CapacityReported;
import org.fmd.plugins.kernel.observation.Observation.CdbPiece;
import org.fmd.plugins.kernel.observation.Observation.CdbReported;
import org.fmd.plugins.kernel.observation.Observation.CommandFailed;
import org.fmd.plugins.kernel.observation.Observation.CommandLogged;
import org.fmd.plugins.kernel.observation.Observation.DeviceFound;
import org.fmd.plugins.kernel.observation.Observation.DeviceOfflined;
import org.fmd.plugins.kernel.observation.Observation.DiskAttached;
import org.fmd.plugins.kernel.observation.Observation.DiskDetaching;
import org.fmd.plugins.kernel.observation.Observation.OwnCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.RejectingIo;
import org.fmd.plugins.kernel.observation.Observation.ReservationConflict;
import org.fmd.plugins.kernel.observation.Observation.SenseReported;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.jspecify.annotations.Nullable;

/** What a line says of a SCSI device, behind the device's name (kernel channel reference §4). A table. */
final class DeviceLines {
    private static final String RESULT =
            "Result: hostbyte=(\\w{1,40}) driverbyte=(\\w{1,40})(?: cmd_age=(\\d{1,9})s)?\\s*";

    /** Kernels built without names of constants print the number of FAILED instead. */
    private static final String FAILED = "(?:FAILED|UNKNOWN\\(0x2003\\)) ";

    static final List<Form<DeviceLine>> TABLE = List.of(
            ofDisk(FAILED + RESULT, DeviceLines::failed),
            // 2.6 and 3.x: "Unhandled error code" stands on a line of its own before this one.
            ofDisk("\\s*" + RESULT, DeviceLines::failed),
            ofDisk(
                    "Done: \\w{1,40}(?:\\(0x\\p{XDigit}{1,8}\\))? " + RESULT,
                    (m, l) -> new CommandLogged(l.device(), l.tag())),
            ofDisk(
                    "\\s*Sense Key : ([^\\[\\]]{1,40})\\[(current|deferred)\\](?: \\[descriptor\\])?\\s*",
                    DeviceLines::sense),
            ofDisk("\\s*Add\\. Sense: (\\S.{0,200})", DeviceLines::namedSense),
            ofDisk(
                    "\\s*(?:<<vendor>>\\s?)?(ASC=0x\\p{XDigit}{1,2}\\s?(?:<<vendor>>)?\\s?ASCQ=0x\\p{XDigit}{1,2})\\s*(?:ASC=.{0,40})?",
                    DeviceLines::numberedSense),
            ofDisk("\\s*CDB: (\\S.{0,200})", DeviceLines::cdb),
            ofDisk("\\s*CDB\\[(\\p{XDigit}{2})\\]: ((?:\\p{XDigit}{2} ?){1,16})\\s*", DeviceLines::cdbPiece),
            ofAny("Device offlined - not ready after error recovery\\s*", (m, l) -> new DeviceOfflined(l.device())),
            ofAny("rejecting I/O to (?:offline|dead) device\\s*", (m, l) -> new RejectingIo(l.device())),
            ofAny("killing request\\s*", (m, l) -> new RejectingIo(l.device())),
            ofDisk("reservation conflict\\s*", (m, l) -> new ReservationConflict(l.device())),
            ofDisk("Unit Not Ready\\s*", (m, l) -> new OwnCommandFailed(l.device(), "Test Unit Ready", null, false)),
            ofDisk("(\\w[^:]{0,40}) failed: " + RESULT, DeviceLines::ownCommand),
            attention("Power-on or device reset occurred", 0x29, 0x00),
            attention("Mode parameters changed", 0x2a, 0x01),
            attention("Asymmetric access state changed", 0x2a, 0x06),
            attention("Capacity data has changed", 0x2a, 0x09),
            attention("Parameters changed", 0x2a, 0x00),
            attention("Inquiry data has changed", 0x3f, 0x03),
            attention(
                    "LUN assignments on this target have changed\\. The Linux SCSI layer does not automatically remap LUN assignments\\.",
                    0x3f,
                    0x0e),
            attention(
                    "Operating parameters on this target have changed\\. The Linux SCSI layer does not automatically adjust these parameters\\.",
                    0x3f,
                    0x00),
            attention(
                    "Warning! Received an indication that the LUN reached a thin provisioning soft threshold\\.",
                    0x38,
                    0x07),
            ofAny(
                    "(Direct-Access|Sequential-Access|Enclosure|Processor|RAID|Direct-Access-RBC|Zoned Block|Host managed zoned block|CD-ROM|Optical Device|Medium Changer|Unknown)\\s{1,10}(.{8}) (.{16}) (.{4}) PQ: \\d ANSI: \\S.{0,20}",
                    (m, l) -> new DeviceFound(
                            l.device(),
                            m.group(1),
                            m.group(2).strip(),
                            m.group(3).strip(),
                            m.group(4).strip())),
            ofDisk(
                    "\\d{1,20} (\\d{3,7})-byte logical blocks: \\(.{1,40}\\)",
                    (m, l) -> new CapacityReported(l.device(), Integer.parseInt(m.group(1)))),
            ofDisk("Attached SCSI (?:removable )?disk\\s*", (m, l) -> new DiskAttached(l.device())),
            ofDisk("Synchronizing SCSI cache\\s*", (m, l) -> new DiskDetaching(l.device())));

    private DeviceLines() {}

    /** A form that only the disk driver's lines have. */
    private static Form<DeviceLine> ofDisk(String pattern, KmsgLines.Reading<DeviceLine> reading) {
        return Form.of(pattern, (match, line) -> line.heldByDiskDriver() ? reading.read(match, line) : null);
    }

    private static Form<DeviceLine> ofAny(String pattern, KmsgLines.Reading<DeviceLine> reading) {
        return Form.of(pattern, reading);
    }

    /** A unit attention; before the disk driver holds the device it is part of finding it, and says nothing. */
    private static Form<DeviceLine> attention(String pattern, int asc, int ascq) {
        AdditionalSense what = new AdditionalSense(asc, ascq);
        return ofDisk(pattern + "\\s*", (m, l) -> new UnitAttention(l.device(), what, false));
    }

    private static Observation failed(Matcher m, DeviceLine l) {
        return new CommandFailed(
                l.device(),
                l.tag(),
                HostByte.parse(m.group(1)).orElse(null),
                saysSense(m.group(2)),
                m.group(3) == null ? -1 : Integer.parseInt(m.group(3)));
    }

    /** DRIVER_SENSE is 8; the upper half of the byte was a suggestion in 2.6. */
    private static boolean saysSense(String driverByte) {
        return driverByte.startsWith("DRIVER_SENSE") || driverByte.matches("0x\\p{XDigit}?8");
    }

    private static @Nullable Observation sense(Matcher m, DeviceLine l) {
        return SenseKey.parse(m.group(1))
                .map(key ->
                        new SenseReported(l.device(), l.tag(), key, m.group(2).equals("deferred")))
                .orElse(null);
    }

    private static Observation namedSense(Matcher m, DeviceLine l) {
        String text = m.group(1).strip();
        return new AdditionalSenseReported(
                l.device(), l.tag(), AdditionalSense.parse(text).orElse(null), text);
    }

    private static Observation numberedSense(Matcher m, DeviceLine l) {
        Optional<AdditionalSense> code = AdditionalSense.parse(m.group(1));
        return new AdditionalSenseReported(l.device(), l.tag(), code.orElse(null), m.group(1));
    }

    private static Observation cdb(Matcher m, DeviceLine l) {
        Octets octets = Cdb.parseNamed(m.group(1)).toOptional().map(Cdb::octets).orElse(Octets.EMPTY);
        return new CdbReported(l.device(), l.tag(), octets);
    }

    private static @Nullable Observation cdbPiece(Matcher m, DeviceLine l) {
        int offset = Integer.parseInt(m.group(1), 16);
        return Octets.parse(m.group(2))
                .toOptional()
                .map(octets -> new CdbPiece(l.device(), l.tag(), offset, octets))
                .orElse(null);
    }

    private static Observation ownCommand(Matcher m, DeviceLine l) {
        return new OwnCommandFailed(
                l.device(), m.group(1), HostByte.parse(m.group(2)).orElse(null), true);
    }
}

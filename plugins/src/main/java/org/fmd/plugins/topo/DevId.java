// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a disk, whatever way leads to it (kernel-channel reference §7).
 *
 * <pre>
 *   id1,sd@n5000c500a0000001               NAA
 *   id1,sd@w0025385b71b00001               EUI-64, NGUID, UUID
 *   id1,sd@SSEAGATE_ST600MM0006_ZC1A2B3C   vendor, model, serial number; a SCSI name of another kind
 *   id1,sd@TATA_ST4000VN008_ZC1A2B3C       T10 vendor identification
 * </pre>
 *
 * <p>Runs of blanks become one {@code _}, and so does each character that cannot stand in a device name. A disk that says
 * nothing of itself has no identity: none is made up from the place where it is.
 *
 * @param text the identity
 * @param source the rule that made it
 */
public record DevId(String text, Source source) {

    private static final Pattern NAA = Pattern.compile("[0-9a-f]{16}|[0-9a-f]{32}");
    private static final Pattern NAA_NAME = Pattern.compile("naa\\.(?:[0-9a-f]{16}|[0-9a-f]{32})");
    private static final Pattern EUI_NAME = Pattern.compile("eui\\.(?:[0-9a-f]{16}|[0-9a-f]{24}|[0-9a-f]{32})");
    private static final Pattern ISCSI_NAME = Pattern.compile("iqn\\..+,l,0x[0-9a-f]+");
    private static final Pattern UNPROGRAMMED = Pattern.compile("0*|f*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\x00-\\x20\\x7f-\\xff]+");
    private static final Pattern BLANKS = Pattern.compile("[\\x00\\s]+");
    private static final Pattern FORBIDDEN = Pattern.compile("[^!-~]|[/:]");

    /** The rules, the most trusted first. */
    public enum Source {
        NAA_6("naa-6", true),
        NAA_5("naa-5", true),
        NAA_2("naa-2", true),
        /** Assigned by the administrator or the software of the target: two targets may have given the same. */
        NAA_3("naa-3", false),
        /** A type that the standard does not have, or not in that length: software targets make them. */
        NAA_OTHER("naa-other", false),
        EUI_64("eui-64", true),
        SCSI_NAME("scsi-name", true),
        T10_VENDOR("t10-vendor", false),
        SERIAL("serial", false),
        NVME_NGUID("nvme-nguid", true),
        NVME_EUI_64("nvme-eui-64", true),
        NVME_UUID("nvme-uuid", true),
        NVME_SERIAL("nvme-serial", false);

        private final String word;
        private final boolean worldwide;

        Source(String word, boolean worldwide) {
            this.word = word;
            this.worldwide = worldwide;
        }

        /** Returns the word in the property {@code devid-source}. */
        public String word() {
            return word;
        }

        /** Returns whether a standard makes these unique in the world; others can meet by accident. */
        public boolean isWorldwide() {
            return worldwide;
        }
    }

    /**
     * Finds the identity of a SCSI logical unit.
     *
     * @param page83 VPD page 0x83 as the device gave it, null if there is none; damage in it costs what is damaged
     * @param page80 VPD page 0x80, null if there is none
     * @param vendor from the INQUIRY data, may be empty
     * @param model from the INQUIRY data, may be empty
     */
    public static Optional<DevId> ofScsi(
            byte @Nullable [] page83, byte @Nullable [] page80, String vendor, String model) {
        List<DevId> candidates = new ArrayList<>();
        for (Designator designator : page83 == null ? List.<Designator>of() : Designator.of(page83)) {
            if (designator.ofLogicalUnit()) {
                of(designator, words(vendor, model)).ifPresent(candidates::add);
            }
        }
        if (page80 != null) {
            ofSerial(vendor, model, serialNumber(page80), Source.SERIAL).ifPresent(candidates::add);
        }
        return candidates.stream().min(Comparator.comparing(DevId::source)); // the first of equal rank
    }

    /**
     * Finds the identity of an NVMe namespace.
     *
     * @param nguid its NGUID as sysfs gives it, empty if there is none; likewise {@code eui} and {@code uuid}
     * @param serialNumber the controller's
     * @param nsid the number of the namespace, empty if not known: then the serial number does not identify it
     */
    public static Optional<DevId> ofNvme(
            String nguid, String eui, String uuid, String model, String serialNumber, String nsid) {
        return ofHex(nguid, 32, Source.NVME_NGUID)
                .or(() -> ofHex(eui, 16, Source.NVME_EUI_64))
                .or(() -> ofHex(uuid, 32, Source.NVME_UUID))
                .or(() -> nsid.isBlank() || serialNumber.isBlank()
                        ? Optional.empty()
                        : ofSerial("NVMe", model, serialNumber.strip() + " " + nsid, Source.NVME_SERIAL));
    }

    private static Optional<DevId> ofHex(String text, int digits, Source source) {
        String hex = text.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return hex.length() == digits && hex.matches("[0-9a-f]+") && !isBlankNumber(hex)
                ? Optional.of(new DevId("id1,sd@w" + hex, source))
                : Optional.empty();
    }

    private static Optional<DevId> of(Designator designator, String vendorAndModel) {
        return switch (designator.type()) {
            case 1 -> ofT10(designator, vendorAndModel);
            case 2 -> ofEui(designator);
            case 3 -> ofNaa(designator);
            case 8 -> ofName(designator.text());
            default -> Optional.empty(); // port and group numbers name no disk
        };
    }

    private static Optional<DevId> ofNaa(Designator designator) {
        // Some targets send the digits as text (code set ASCII).
        String hex =
                designator.isBinary() ? designator.hex() : designator.text().toLowerCase(Locale.ROOT);
        return NAA.matcher(hex).matches() ? ofNaa(hex) : Optional.empty();
    }

    private static Optional<DevId> ofNaa(String hex) {
        if (isBlankNumber(hex.substring(1))) {
            return Optional.empty();
        }
        boolean extended = hex.length() == 32;
        Source source = switch (hex.charAt(0)) {
            case '6' -> extended ? Source.NAA_6 : Source.NAA_OTHER;
            case '5' -> extended ? Source.NAA_OTHER : Source.NAA_5;
            case '2' -> extended ? Source.NAA_OTHER : Source.NAA_2;
            case '3' -> extended ? Source.NAA_OTHER : Source.NAA_3;
            default -> Source.NAA_OTHER;
        };
        return Optional.of(new DevId("id1,sd@n" + hex, source));
    }

    private static Optional<DevId> ofEui(Designator designator) {
        int length = designator.length();
        return designator.isBinary()
                        && (length == 8 || length == 12 || length == 16)
                        && !isBlankNumber(designator.hex())
                ? Optional.of(new DevId("id1,sd@w" + designator.hex(), Source.EUI_64))
                : Optional.empty();
    }

    private static Optional<DevId> ofName(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (NAA_NAME.matcher(lower).matches()) {
            return ofNaa(lower.substring(4)).map(id -> new DevId(id.text, Source.SCSI_NAME));
        }
        if (EUI_NAME.matcher(lower).matches() && !isBlankNumber(lower.substring(4))) {
            return Optional.of(new DevId("id1,sd@w" + lower.substring(4), Source.SCSI_NAME));
        }
        // iqn.…,L,0x…: only the part behind ,L, tells one logical unit of a target from the next.
        return ISCSI_NAME.matcher(lower).matches()
                ? Optional.of(new DevId("id1,sd@S" + words(lower), Source.SCSI_NAME))
                : Optional.empty();
    }

    private static Optional<DevId> ofT10(Designator designator, String vendorAndModel) {
        String text = words(designator.text());
        boolean tellsMore = designator.text().length() > 8 && !text.equals(vendorAndModel);
        return tellsMore && text.contains("_")
                ? Optional.of(new DevId("id1,sd@T" + text, Source.T10_VENDOR))
                : Optional.empty();
    }

    private static Optional<DevId> ofSerial(String vendor, String model, String serial, Source source) {
        String front = words(vendor, model);
        return serial.isBlank() || serial.matches("[0\\s]*") || front.isEmpty()
                ? Optional.empty()
                : Optional.of(new DevId("id1,sd@S" + words(front, serial), source));
    }

    /** Returns the serial number in VPD page 0x80 (SPC-6, unit serial number), without blanks around it; empty if none. */
    static String serialNumber(byte[] page80) {
        if (page80.length < 4 || page80[1] != (byte) 0x80) {
            return "";
        }
        int length = Byte.toUnsignedInt(page80[2]) << 8 | Byte.toUnsignedInt(page80[3]);
        String text = new String(page80, 4, Math.min(length, page80.length - 4), StandardCharsets.ISO_8859_1);
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /** A number of zeros or ones only stands for none: it was never programmed. */
    private static boolean isBlankNumber(String hex) {
        return UNPROGRAMMED.matcher(hex).matches();
    }

    private static String words(String... parts) {
        String joined = BLANKS.matcher(String.join(" ", parts)).replaceAll(" ").strip();
        return FORBIDDEN.matcher(joined).replaceAll("_");
    }
}

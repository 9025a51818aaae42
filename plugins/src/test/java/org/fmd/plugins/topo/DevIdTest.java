// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevIdTest {
    private static final String VENDOR = "SEAGATE";
    private static final String MODEL = "ST600MM0006";

    /** Designators: code set, association and type as they stand in the page (two bytes), then the value; length and head are put in. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    NAA 5                                     | 0103 5000c500a0000001                            | - | naa-5      | id1,sd@n5000c500a0000001
                    NAA 6 goes before NAA 5                   | 0103 5000c500a0000001 0103 600a0b80001234560000abcd12345678 | - | naa-6 | id1,sd@n600a0b80001234560000abcd12345678
                    NAA 5 goes before NAA 3                   | 0103 3333333000000fa0 0103 5000c500a0000001      | - | naa-5      | id1,sd@n5000c500a0000001
                    NAA 2                                     | 0103 2000c500a0000001                            | - | naa-2      | id1,sd@n2000c500a0000001
                    NAA 3                                     | 0103 33333330000007d0                            | - | naa-3      | id1,sd@n33333330000007d0
                    NAA 6 in eight bytes                      | 0103 60014050000000a1                            | - | naa-other  | id1,sd@n60014050000000a1
                    NAA 5 in sixteen bytes                    | 0103 5001405000000000000000000000000a            | - | naa-other  | id1,sd@n5001405000000000000000000000000a
                    NAA in text                               | 0203 '5000C500A0000001'                          | - | naa-5      | id1,sd@n5000c500a0000001
                    a target port is no identity              | 6193 5000c500a0000002                            | - | -          | -
                    a target device is none either            | 01a3 5000c500a0000002                            | - | -          | -
                    unit after port                           | 6193 5000c500a0000002 0103 5000c500a0000001      | - | naa-5      | id1,sd@n5000c500a0000001
                    unit before port                          | 0103 5000c500a0000001 6193 5000c500a0000002      | - | naa-5      | id1,sd@n5000c500a0000001
                    of two alike the first                    | 0103 5000c500a0000001 0103 5000c500a0000000      | - | naa-5      | id1,sd@n5000c500a0000001
                    port and group numbers                    | 6194 00000001 0105 00000100 0106 00000002        | - | -          | -
                    EUI-64                                    | 0102 0025385b71b00001                            | - | eui-64     | id1,sd@w0025385b71b00001
                    EUI-64 of sixteen bytes                   | 0102 00000000000000010025385b71b00001            | - | eui-64     | id1,sd@w00000000000000010025385b71b00001
                    NAA goes before EUI-64                    | 0102 0025385b71b00001 0103 5000c500a0000001      | - | naa-5      | id1,sd@n5000c500a0000001
                    EUI-64 of another length                  | 0102 0025385b71b0                                | - | -          | -
                    SCSI name with an NAA                     | 0308 'naa.5000C500A0000001'                      | - | scsi-name  | id1,sd@n5000c500a0000001
                    SCSI name with an EUI-64                  | 0308 'eui.0025385B71B00001'                      | - | scsi-name  | id1,sd@w0025385b71b00001
                    SCSI name, iSCSI                          | 0308 'iqn.2026-01.org.example:array,L,0x00a1'    | - | scsi-name  | id1,sd@Siqn.2026-01.org.example_array,l,0x00a1
                    a target's name is no unit's              | 0308 'iqn.2026-01.org.example:array'             | - | -          | -
                    EUI-64 goes before SCSI name              | 0308 'naa.5000C500A0000001' 0102 0025385b71b00001 | - | eui-64    | id1,sd@w0025385b71b00001
                    T10 of an ATA disk                        | 0201 'ATA     ST4000VN008                             SATA1               ' | - | t10-vendor | id1,sd@TATA_ST4000VN008_SATA1
                    T10 goes before the serial number         | 0201 'SEAGATE X1'                                | ZC1A2B3C | t10-vendor | id1,sd@TSEAGATE_X1
                    T10 with vendor alone                     | 0201 'SEAGATE '                                  | - | -          | -
                    T10 with vendor and model alone           | 0201 'SEAGATE ST600MM0006     '                  | - | -          | -
                    T10 with slashes and colons               | 0201 'ACME    a/b:c\u00e9'                       | - | t10-vendor | id1,sd@TACME_a_b_c_
                    vendor specific                           | 0200 'SPI1'                                      | - | -          | -
                    serial number                             | -                                                | ZC1A2B3C | serial | id1,sd@SSEAGATE_ST600MM0006_ZC1A2B3C
                    serial number, blanks before and behind   | 0200 'SPI1'                                      | '   ZC1 A2   ' | serial | id1,sd@SSEAGATE_ST600MM0006_ZC1_A2
                    serial number of blanks                   | -                                                | '    '   | -      | -
                    serial number of zeros                    | -                                                | '0000 '  | -      | -
                    NAA of zeros falls to the serial number   | 0103 5000000000000000                            | ZC1      | serial | id1,sd@SSEAGATE_ST600MM0006_ZC1
                    EUI-64 of zeros                           | 0102 0000000000000000                            | - | -          | -
                    nothing                                   | -                                                | - | -          | -
                    """)
    void thisIsTheIdentity(String what, String designators, String serial, String source, String devid) {
        Optional<DevId> id = DevId.ofScsi(
                designators == null ? null : page83(designators),
                serial == null ? null : page(0x80, serial.getBytes(StandardCharsets.ISO_8859_1)),
                VENDOR,
                MODEL);
        assertEquals(source, id.map(i -> i.source().word()).orElse(null), what);
        assertEquals(devid, id.map(DevId::text).orElse(null), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    NGUID     | 0025385b-71b0-0001-0025-385b71b00002 | 00 25 38 5b 71 b0 00 01 | ''                                   | 1  | id1,sd@w0025385b71b000010025385b71b00002
                    EUI-64    | 00000000000000000000000000000000     | 00 25 38 5b 71 b0 00 01 | ''                                   | 1  | id1,sd@w0025385b71b00001
                    UUID      | ''                                   | 00 00 00 00 00 00 00 00 | 6A3E9D9C-8D0E-4F1F-B0A2-0B3B1D6A9F10 | 1  | id1,sd@w6a3e9d9c8d0e4f1fb0a20b3b1d6a9f10
                    serial    | ''                                   | ''                      | ''                                   | 2  | id1,sd@SNVMe_QEMU_NVMe_Ctrl_NV1_2
                    no number | ''                                   | ''                      | ''                                   | '' | ''
                    """)
    void thisIsTheIdentityOfANamespace(String what, String nguid, String eui, String uuid, String nsid, String devid) {
        Optional<DevId> id = DevId.ofNvme(nguid, eui, uuid, "QEMU NVMe Ctrl  ", "NV1    ", nsid);
        assertEquals(devid, id.map(DevId::text).orElse(""), what);
    }

    @Test
    void withoutAnyNameInFrontASerialNumberIsNoIdentity() {
        assertEquals(Optional.empty(), DevId.ofScsi(null, page(0x80, new byte[] {'1', '2'}), "", " "));
    }

    @Test
    void aTornPageKeepsTheDesignatorsThatAreWhole() {
        byte[] whole = page83("0103 5000c500a0000001 0103 600a0b80001234560000abcd12345678");
        for (int cut = 0; cut < whole.length; cut++) {
            String expected = cut < 16 ? "none" : "id1,sd@n5000c500a0000001";
            Optional<DevId> id = DevId.ofScsi(Arrays.copyOf(whole, cut), null, VENDOR, MODEL);
            assertEquals(expected, id.map(DevId::text).orElse("none"), "cut at byte " + cut);
        }
    }

    @Test
    void anyBytesGiveAnIdentityThatCanStandInANameOrNone() {
        byte[] good = page83(
                "0201 'ATA     ST4000VN008     Z1' 0103 5000c500a0000001 0102 0025385b71b00001 0308 'naa.5000C500A0000001'");
        byte[] serial = page(0x80, "ZC1A2B3C".getBytes(StandardCharsets.US_ASCII));
        int named = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] page83 = mutate(good, random);
            byte[] page80 = mutate(serial, random);
            Optional<DevId> id = DevId.ofScsi(page83, page80, random.nextBoolean() ? VENDOR : "a/:\u0000\u00ff", MODEL);
            if (id.isPresent()) {
                named++;
                Fmri name = new DevFmri("/devices/x", id.get().text(), null);
                assertEquals(Optional.of(name), Fmri.parse(name.toString()), "seed " + seed);
                assertTrue(id.get().text().matches("id1,sd@[nwST][!-~]+"), "seed " + seed + ": " + id);
            }
        }
        assertTrue(named > 10_000, "most pages keep something whole: " + named);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] mutant = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        for (int i = random.nextInt(6); i > 0 && mutant.length > 0; i--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
        }
        return mutant;
    }

    private static byte[] page83(String designators) {
        byte[] body = new byte[0];
        Matcher each =
                Pattern.compile("([0-9a-f]{4}) (?:'([^']*)'|([0-9a-f]+))").matcher(designators);
        while (each.find()) {
            byte[] value = each.group(2) != null
                    ? each.group(2).getBytes(StandardCharsets.UTF_8)
                    : HexFormat.of().parseHex(each.group(3));
            byte[] head = HexFormat.of().parseHex(each.group(1));
            int start = body.length;
            body = Arrays.copyOf(body, start + 4 + value.length);
            body[start] = head[0];
            body[start + 1] = head[1];
            body[start + 3] = (byte) value.length;
            System.arraycopy(value, 0, body, start + 4, value.length);
        }
        return page(0x83, body);
    }

    private static byte[] page(int code, byte[] body) {
        byte[] page = new byte[4 + body.length];
        page[1] = (byte) code;
        page[2] = (byte) (body.length >> 8);
        page[3] = (byte) body.length;
        System.arraycopy(body, 0, page, 4, body.length);
        return page;
    }
}

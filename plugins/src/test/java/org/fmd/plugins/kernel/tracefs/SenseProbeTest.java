// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.tracefs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.fmd.plugins.kernel.trace.FormatProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenseProbeTest {
    /** Type information as a compiler would write it, of few types. */
    private static final class Written {
        private final ByteArrayOutputStream types = new ByteArrayOutputStream();
        private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
        private final int firstString;
        private int next;

        Written(int firstType, int firstString) {
            this.next = firstType;
            this.firstString = firstString;
            if (firstString == 0) {
                strings.write(0);
            }
        }

        private int string(String text) {
            int at = firstString + strings.size();
            strings.writeBytes((text + "\0").getBytes(StandardCharsets.US_ASCII));
            return at;
        }

        private void words(int... values) {
            ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
            for (int value : values) {
                out.putInt(value);
            }
            types.writeBytes(out.array());
        }

        int number() {
            words(string("unsigned int"), 1 << 24, 4, 32);
            return next++;
        }

        int pointer(int to) {
            words(0, 2 << 24, to);
            return next++;
        }

        int array(int of, int count) {
            words(0, 3 << 24, 0, of, of, count);
            return next++;
        }

        int constant(int of) {
            words(0, 10 << 24, of);
            return next++;
        }

        /** Name, type and offset in bits of each member. */
        int struct(String name, Object... members) {
            words(string(name), 4 << 24 | members.length / 3, 4096);
            for (int i = 0; i < members.length; i += 3) {
                words(string((String) members[i]), (int) members[i + 1], (int) members[i + 2]);
            }
            return next++;
        }

        int forward(String name) {
            words(string(name), 7 << 24, 0);
            return next++;
        }

        byte[] bytes() {
            ByteBuffer out =
                    ByteBuffer.allocate(24 + types.size() + strings.size()).order(ByteOrder.nativeOrder());
            out.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
            out.putInt(0).putInt(types.size()).putInt(types.size()).putInt(strings.size());
            return out.put(types.toByteArray()).put(strings.toByteArray()).array();
        }

        int nextType() {
            return next;
        }

        int nextString() {
            return firstString + strings.size();
        }
    }

    private static void scsi(Written to, boolean commandIsPointer) {
        int number = to.number();
        int device = to.forward("scsi_device");
        int pointer = to.pointer(device);
        int bytes = to.array(number, 32);
        int command = commandIsPointer ? to.constant(to.pointer(number)) : bytes;
        to.struct("Scsi_Host", "host_no", number, 8 * 404);
        to.struct(
                "scsi_device",
                "host",
                pointer,
                0,
                "id",
                number,
                8 * 140,
                "channel",
                number,
                8 * 144,
                "lun",
                number,
                8 * 152);
        to.struct(
                "scsi_cmnd",
                "device",
                pointer,
                0,
                "retries",
                number,
                8 * 80,
                "allowed",
                number,
                8 * 84,
                "cmnd",
                command,
                8 * 164,
                "sense_buffer",
                pointer,
                8 * 248,
                "result",
                number,
                8 * 260);
    }

    private static final String EXPECTED = "p:fmd/sense scsi_check_sense host=+404(+0(+0($arg1))):u32"
            + " channel=+144(+0($arg1)):u32 id=+140(+0($arg1)):u32 lun=+152(+0($arg1)):u64 result=+260($arg1):x32"
            + " retries=+80($arg1):s32 allowed=+84($arg1):s32 sbuf=+0(+248($arg1)):x8[32] cdb=";

    @Test
    void takesTheOffsetsFromTheKernelItself() throws FormatProblem {
        Written kernel = new Written(1, 0);
        scsi(kernel, false);
        assertEquals(EXPECTED + "+164($arg1):x8[16]\n", SenseProbe.definition(Btf.ofKernel(kernel.bytes())));
    }

    @Test
    void goesThroughThePointerToTheCommandOfOldKernels() throws FormatProblem {
        Written kernel = new Written(1, 0);
        scsi(kernel, true);
        assertEquals(EXPECTED + "+0(+164($arg1)):x8[16]\n", SenseProbe.definition(Btf.ofKernel(kernel.bytes())));
    }

    @Test
    void findsTypesOfAModuleThatGoOnWhereThoseOfTheKernelEnd() throws FormatProblem {
        Written kernel = new Written(1, 0);
        kernel.struct("device", "parent", kernel.pointer(kernel.number()), 64);
        Written module = new Written(kernel.nextType(), kernel.nextString());
        scsi(module, false);
        Btf types = Btf.ofKernel(kernel.bytes()).withModule(module.bytes());
        assertEquals(EXPECTED + "+164($arg1):x8[16]\n", SenseProbe.definition(types));
        assertEquals(new Btf.Member(8, true), types.member("device", "parent"));
    }

    @Test
    void saysWhichMemberIsMissing() {
        Written kernel = new Written(1, 0);
        kernel.struct("scsi_cmnd", "device", kernel.pointer(kernel.number()), 0);
        FormatProblem e = assertThrows(FormatProblem.class, () -> SenseProbe.definition(Btf.ofKernel(kernel.bytes())));
        assertTrue(e.getMessage().contains("struct scsi_device has no member 'host'"), e.getMessage());
    }

    @Test
    void damagedTypesAreAProblemAndNothingWorse() {
        Written kernel = new Written(1, 0);
        scsi(kernel, false);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = kernel.bytes();
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] cut = random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            try {
                SenseProbe.definition(Btf.ofKernel(cut));
            } catch (FormatProblem e) {
                assertTrue(e.getMessage() != null, "seed " + seed);
            }
        }
    }

    @Test
    void isDefinedOnceByOneLineAtTheEnd(@TempDir Path tracefs) throws IOException {
        Written kernel = new Written(1, 0);
        scsi(kernel, false);
        Files.createDirectories(tracefs.resolve("btf"));
        Files.write(tracefs.resolve("btf/vmlinux"), kernel.bytes());
        Files.writeString(tracefs.resolve("kprobe_events"), "p:other/one here\n");
        SenseProbe.define(tracefs, tracefs.resolve("btf"));
        String once = "p:other/one here\n" + EXPECTED + "+164($arg1):x8[16]\n";
        assertEquals(once, Files.readString(tracefs.resolve("kprobe_events")));
        Files.createDirectories(tracefs.resolve("events/fmd/sense"));
        SenseProbe.define(tracefs, tracefs.resolve("btf"));
        assertEquals(once, Files.readString(tracefs.resolve("kprobe_events")));
        SenseProbe.remove(tracefs);
        assertEquals(once + "-:fmd/sense\n", Files.readString(tracefs.resolve("kprobe_events")));
    }

    @Test
    void saysWhatAKernelLacks(@TempDir Path tracefs) throws IOException {
        IOException e = assertThrows(IOException.class, () -> SenseProbe.define(tracefs, tracefs.resolve("btf")));
        assertTrue(e.getMessage().contains("CONFIG_KPROBE_EVENTS"), e.getMessage());
        Files.writeString(tracefs.resolve("kprobe_events"), "");
        assertThrows(IOException.class, () -> SenseProbe.define(tracefs, tracefs.resolve("btf")));
    }
}

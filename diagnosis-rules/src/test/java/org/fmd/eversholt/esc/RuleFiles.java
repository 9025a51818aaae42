// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Makes rule files of any size for {@code etc/dev/bench-esc}: units of a fault, an upset with its engine, an error and
 * ereports with guards, in the proportions of real rules, with macros, comments and blank lines.
 *
 * <p>The same seed makes the same files. They compile together without a remark.
 */
final class RuleFiles {
    private static final String HEAD = """
            /*
             * Rules of subsystem %1$d.
             */
            #define FATAL		(payloadprop_contains("driver-assessment", "fatal"))
            #define KEY(k)		payloadprop_contains("key", k)
            #define PROMOTE(m)	(!payloadprop_defined(m) || setpayloadprop(m, payloadprop(m)))
            fru board/chip;
            asru board/chip;
            """;
    private static final String UNIT = """

            /* Unit %2$d: one hard error is enough, soft errors are counted. */
            event fault.s%1$d.u%2$d.hard@board/chip, FITrate=%3$d, FRU=board/chip, ASRU=board/chip;
            event fault.s%1$d.u%2$d.soft@board/chip, FITrate=%4$d, FRU=board/chip, retire=0;
            event error.s%1$d.u%2$d.data@board/chip;
            event ereport.s%1$d.u%2$d.hard@board/chip, discard_if_config_unknown=1;
            event ereport.s%1$d.u%2$d.soft@board/chip { within(%5$ds) };
            event ereport.s%1$d.u%2$d.many@board/chip;
            engine serd.s%1$d.u%2$d.soft@board/chip, N=%5$d, T=24h, trip=ereport.s%1$d.u%2$d.many@board/chip;
            event upset.s%1$d.u%2$d.soft@board/chip, engine=serd.s%1$d.u%2$d.soft@board/chip;

            prop fault.s%1$d.u%2$d.hard@board/chip (1)-> error.s%1$d.u%2$d.data@board/chip;
            prop error.s%1$d.u%2$d.data@board/chip (1)->
                ereport.s%1$d.u%2$d.hard@board/chip { FATAL &&
                    (KEY(%6$d) || KEY(15)) };
            prop upset.s%1$d.u%2$d.soft@board/chip (0)->
                ereport.s%1$d.u%2$d.soft@board/chip { within(5s), !FATAL || KEY(%6$d) };
            prop fault.s%1$d.u%2$d.soft@board/chip ->
                ereport.s%1$d.u%2$d.many@board/chip { PROMOTE("key") && PROMOTE("asc") };
            event upset.s%1$d.u%2$d.rest@board/chip;
            prop upset.s%1$d.u%2$d.rest@board/chip (0)->
                ereport.s%1$d.u%2$d.hard@board/chip, ereport.s%1$d.u%2$d.soft@board/chip;
            """;

    private RuleFiles() {}

    /** One file of exactly {@code lines} lines. */
    static String text(int file, int lines, long seed) {
        Random random = new Random(seed + file);
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEAD, file));
        long left = lines - HEAD.lines().count();
        long each = UNIT.lines().count();
        for (int unit = 0; left >= each; unit++, left -= each) {
            text.append(String.format(
                    Locale.ROOT,
                    UNIT,
                    file,
                    unit,
                    1 + random.nextInt(999),
                    1 + random.nextInt(99),
                    1 + random.nextInt(20),
                    random.nextInt(16)));
        }
        return text.append("/* end */\n".repeat((int) left)).toString();
    }

    /** {@code FOLDER FILES LINES SEED}: writes {@code FOLDER/rules-N.esc}. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int lines = Integer.parseInt(arguments[2]);
        for (int file = 0; file < Integer.parseInt(arguments[1]); file++) {
            Files.writeString(
                    folder.resolve("rules-" + file + ".esc"), text(file, lines, Long.parseLong(arguments[3])));
        }
    }
}

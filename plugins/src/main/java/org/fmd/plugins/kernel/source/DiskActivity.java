// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether disks have something to do, by sysfs. */
public final class DiskActivity {
    private static final Pattern DISK = Pattern.compile("[A-Za-z0-9!_.-]{1,64}");
    private static final Pattern NOTHING = Pattern.compile("\\s*0\\s+0\\s*");
    private static final Pattern HOST = Pattern.compile("/(host[0-9]{1,9})/");
    private static final String RUNNING = "running";

    private DiskActivity() {}

    /**
     * Returns whether a disk has nothing in flight and nothing that waits. A request that is to be tried again is in flight no
     * more, and it waits while its device is blocked or the error handler of its host runs.
     *
     * @param sys where sysfs is mounted
     * @return false if it is not known
     */
    public static boolean isIdle(Path sys, String disk) {
        if (!DISK.matcher(disk).matches()) {
            return false;
        }
        Path folder = sys.resolve("block").resolve(disk);
        try {
            if (!NOTHING.matcher(text(folder.resolve("inflight"))).matches()
                    || !text(folder.resolve("device/state")).equals(RUNNING)) {
                return false;
            }
            Matcher host = HOST.matcher(folder.resolve("device").toRealPath() + "/");
            return host.find()
                    && text(sys.resolve("class/scsi_host")
                                    .resolve(host.group(1))
                                    .resolve("state"))
                            .equals(RUNNING);
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}

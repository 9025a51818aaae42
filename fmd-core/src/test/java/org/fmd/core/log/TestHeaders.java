// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Changes fields of a log's header, in both copies and with the right checksum, as another program would write them. */
final class TestHeaders {

    private TestHeaders() {}

    static byte[] withField(byte[] log, int at, int value) {
        byte[] changed = log.clone();
        ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        for (int copy = 0; copy < 8192; copy += 4096) {
            bytes.putInt(copy + at, value);
            CRC32C crc = new CRC32C();
            crc.update(changed, copy, 20);
            crc.update(changed, copy + 24, 4096 - 24);
            bytes.putInt(copy + 20, (int) crc.getValue());
        }
        return changed;
    }
}

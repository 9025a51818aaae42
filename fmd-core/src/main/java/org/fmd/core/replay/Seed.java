// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.fmd.model.event.Ereport;
import org.fmd.model.json.TypedJson;

/** UUIDs that follow from the first ereport, so that the same telemetry has the same ones each time it is replayed. */
final class Seed {
    private final byte[] first;
    private int given;

    Seed(Ereport first) {
        this.first = TypedJson.write(first);
    }

    /** Returns the next one: version 8 (RFC 9562 §5.8), SHA-256 over the ereport and a number. */
    UUID next() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            ByteBuffer hash = ByteBuffer.wrap(
                    digest.digest(ByteBuffer.allocate(4).putInt(given++).array()));
            return new UUID(
                    (hash.getLong() & ~0xF000L) | 0x8000L,
                    (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

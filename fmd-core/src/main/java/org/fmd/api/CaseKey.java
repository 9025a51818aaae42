// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.fmd.model.event.LogRef;

/**
 * The identity of a case from before it is published: the ereport that opened it. A diagnosis that is made again after a
 * crash has the same key and hence the same UUID, so it is known to be the one that was logged already.
 *
 * @param principal place in the error log of the ereport that opened the case
 * @param ordinal tells cases that one ereport opened apart, from 0 in order of opening
 */
public record CaseKey(LogRef principal, int ordinal) {

    /** Returns the UUID that the case of that engine is known by: version 8 (RFC 9562 §5.8), SHA-256 over engine and key. */
    public UUID uuid(String engine) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("fmd case " + engine + " ").getBytes(StandardCharsets.UTF_8));
            ByteBuffer key = ByteBuffer.allocate(28)
                    .putLong(principal.logId().getMostSignificantBits())
                    .putLong(principal.logId().getLeastSignificantBits())
                    .putLong(principal.offset())
                    .putInt(ordinal);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.array()));
            long high = (hash.getLong() & ~0xF000L) | 0x8000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

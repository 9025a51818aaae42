// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.nv.NvLayout;
import org.jspecify.annotations.Nullable;

/**
 * A member of a line and all that came before it: a node in the tree of the lines seen so far. Lines of one kind take the
 * same way through the tree, so a node foretells the next. A name that came before on the way has no node, nor has one that
 * needs more than a look at its value, nor has any when the tree is full.
 */
class LineShape {
    /** What the value of a member is for. */
    enum Role {
        PAYLOAD,
        CLASS,
        VERSION,
        ENA,
        DETECTOR,
        TIME,
        REF,
        TOD
    }

    private static final Map<String, Role> OWN = Map.of(
            "class", Role.CLASS,
            "version", Role.VERSION,
            "ena", Role.ENA,
            "detector", Role.DETECTOR,
            "time", Role.TIME,
            "ref", Role.REF,
            "__tod", Role.TOD);
    private static final int MOST_NODES = 4096;

    /** Where every line begins. */
    static final class Root extends LineShape {
        private int nodes;

        Root() {
            super(null, "", Role.PAYLOAD, 0);
        }
    }

    private final @Nullable LineShape before;
    private final String name;
    private final Role role;
    private final int payloadSize;
    private final int width;
    /** The name with its marks and colon, eight bytes each, the last ones alone under the mask. */
    private final long[] words;

    private final long lastMask;
    private final Map<String, LineShape> after = new HashMap<>();
    private @Nullable LineShape likely;
    private @Nullable NvLayout layout;

    private LineShape(@Nullable LineShape before, String name, Role role, int payloadSize) {
        this.before = before;
        this.name = name;
        this.role = role;
        this.payloadSize = payloadSize;
        byte[] quoted = ('"' + name + "\":").getBytes(StandardCharsets.ISO_8859_1);
        this.width = quoted.length;
        this.words = new long[(width + Long.BYTES - 1) / Long.BYTES];
        for (int i = 0; i < width; i++) {
            words[i / Long.BYTES] |= (long) quoted[i] << (i % Long.BYTES * Byte.SIZE);
        }
        this.lastMask = -1L >>> ((words.length * Long.BYTES - width) * Byte.SIZE);
    }

    Role role() {
        return role;
    }

    /** How many members of the payload there are up to this one. */
    int payloadSize() {
        return payloadSize;
    }

    /** The member that came next the last time; null the first time. */
    @Nullable
    LineShape likely() {
        return likely;
    }

    /** Whether the name stands there, in quotation marks and with a colon behind. */
    boolean stands(byte[] line, int at) {
        int last = words.length - 1;
        if (at + (last + 1) * Long.BYTES > line.length) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if ((long) LineScanner.WORDS.get(line, at + i * Long.BYTES) != words[i]) {
                return false;
            }
        }
        return ((long) LineScanner.WORDS.get(line, at + last * Long.BYTES) & lastMask) == words[last];
    }

    /** How many bytes the name takes with its marks and colon. */
    int width() {
        return width;
    }

    /** The member of that name after this one; null if it cannot be read this way. */
    @Nullable
    LineShape next(byte[] line, int from, int to) {
        String text = new String(line, from, to - from, StandardCharsets.ISO_8859_1);
        LineShape next = after.get(text);
        if (next == null) {
            next = grow(text);
        }
        likely = next == null ? likely : next;
        return next;
    }

    private @Nullable LineShape grow(String text) {
        Role itsRole = OWN.getOrDefault(text, Role.PAYLOAD);
        LineShape root = this;
        for (LineShape node = this; node != null; node = node.before) {
            if (node.name.equals(text)) {
                return null;
            }
            root = node;
        }
        boolean plain = !text.isEmpty() && (itsRole != Role.PAYLOAD || !QueryJson.isIdentity(text));
        if (!plain || !(root instanceof Root tree) || tree.nodes == MOST_NODES) {
            return null;
        }
        tree.nodes++;
        LineShape next = new LineShape(this, text, itsRole, payloadSize + (itsRole == Role.PAYLOAD ? 1 : 0));
        after.put(text, next);
        return next;
    }

    /** The names of the payload up to this member. */
    NvLayout layout() {
        NvLayout known = layout;
        if (known == null) {
            List<String> names = new ArrayList<>();
            for (LineShape node = this; node.before != null; node = node.before) {
                if (node.role == Role.PAYLOAD) {
                    names.add(node.name);
                }
            }
            Collections.reverse(names);
            known = NvLayout.of(names);
            layout = known;
        }
        return known;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * The names by which an event calls the devices it is about: the strings of the members {@code devid}, {@code device-path},
 * {@code serial}, {@code vdev_devid}, {@code vdev_path}, {@code vdev_physpath} and {@code pool}, wherever they stand in its body,
 * and the string form of each {@code hc} FMRI there, such as the resource, ASRU and FRU of a suspect.
 *
 * <p>This is the one thing that the log wants from a body, and it asks for it where it would be too late to ask anybody else: in
 * a file that is read or sealed. A body that is no JSON has no names.
 */
public final class DeviceNames {

    private static final byte[] DEVID = utf8("devid");

    private static final byte[][] MEMBERS = {
        DEVID,
        utf8("device-path"),
        utf8("pool"),
        utf8("serial"),
        utf8("vdev_devid"),
        utf8("vdev_path"),
        utf8("vdev_physpath")
    };

    private static final byte[] HC = utf8("\"hc-list");

    private DeviceNames() {}

    /** The names in a body, each once: first devids, then those of {@code hc} FMRIs, then all else, in their order there. */
    public static List<String> of(byte[] body) {
        List<String> names = new ArrayList<>(4);
        int devids = 0;
        BodyTokens tokens = new BodyTokens(body);
        BodyTokens.Kind kind = tokens.next();
        while (kind != BodyTokens.Kind.END) {
            byte[] member = kind == BodyTokens.Kind.NAME ? member(body, tokens.from(), tokens.to()) : null;
            kind = tokens.next();
            if (member != null && kind == BodyTokens.Kind.STRING) {
                boolean devid = member == DEVID;
                devids += add(names, devid ? devids : names.size(), tokens.asText()) && devid ? 1 : 0;
            }
        }
        if (indexOf(body, HC) >= 0) {
            try {
                addFmris(names, devids, TypedJson.read(body));
            } catch (JsonProblem e) {
                // no event of ours: what the members gave is all there is
            }
        }
        return names;
    }

    /** Whether {@link #of} may give that name, decided by a search for its bytes: never wrong when the answer is no. */
    static boolean mayContain(byte[] body, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return true; // may be written in another way
            }
        }
        return name.startsWith("hc:") || indexOf(body, utf8(name)) >= 0;
    }

    /** Adds the FMRIs of a list at an index, and those in its members behind them; returns the index behind the last. */
    private static int addFmris(List<String> names, int at, NvList list) {
        int next = at;
        if (list.contains("hc-list") && add(names, next, Fmri.of(list).toString())) {
            next++;
        }
        for (String member : list.asMap().keySet()) {
            Optional<NvList> one = list.nvlist(member);
            if (one.isPresent()) {
                next = addFmris(names, next, one.get());
            } else {
                for (NvList each : list.nvlists(member)) {
                    next = addFmris(names, next, each);
                }
            }
        }
        return next;
    }

    /** Adds a name that is none of them yet at an index; returns whether it did. */
    private static boolean add(List<String> names, int at, String name) {
        if (name.isEmpty() || names.contains(name)) {
            return false;
        }
        names.add(at, name);
        return true;
    }

    private static byte @Nullable [] member(byte[] body, int from, int to) {
        for (byte[] member : MEMBERS) {
            if (Arrays.equals(member, 0, member.length, body, from, to)) {
                return member;
            }
        }
        return null;
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        for (int at = 0; at <= text.length - wanted.length; at++) {
            if (text[at] == wanted[0] && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

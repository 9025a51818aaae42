// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.fmri.HcFmri.Component;
import org.fmd.model.fmri.HcFmri.Facility;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** The string form of the hc scheme: {@code hc://AUTH[:serial=S][:part=P][:revision=R]/a=0/b=1[/offset=1f][?type=name]}. */
final class HcText {
    private HcText() {}

    static String print(HcFmri hc) {
        StringBuilder out = new StringBuilder("hc://");
        hc.authority().print(out);
        printMember(out, "serial", hc.serial());
        printMember(out, "part", hc.part());
        printMember(out, "revision", hc.revision());
        printPath(hc, out);
        return out.toString();
    }

    static void printPath(HcFmri hc, StringBuilder out) {
        for (Component step : hc.path()) {
            out.append('/').append(step);
        }
        if (hc.specific().number("offset").isPresent()) {
            out.append("/offset=").append(hex(hc.specific(), "offset"));
        } else if (hc.specific().number("physaddr").isPresent()) {
            out.append("/physaddr=").append(hex(hc.specific(), "physaddr"));
        }
        Facility facility = hc.facility();
        if (facility != null) {
            out.append('?').append(facility.type()).append('=').append(facility.name());
        }
    }

    private static void printMember(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(':').append(name).append('=').append(value);
        }
    }

    private static String hex(NvList list, String name) {
        return Long.toHexString(list.number(name).orElseThrow());
    }

    static Optional<HcFmri> parse(String rest) {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            Map<String, String> head = head(rest.substring(0, slash));
            String serial = head.remove("serial");
            String part = head.remove("part");
            String revision = head.remove("revision");
            Authority authority = new Authority(head);
            int question = rest.indexOf('?', slash);
            Facility facility = question < 0 ? null : facility(rest.substring(question + 1));
            List<Component> path = path(rest.substring(slash + 1, question < 0 ? rest.length() : question));
            NvList specific = specific(path);
            return Optional.of(new HcFmri(authority, serial, part, revision, path, specific, facility));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> head(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return members;
        }
        if (text.charAt(0) != ':') {
            throw new IllegalArgumentException("an authority begins with ':'");
        }
        for (String pair : text.substring(1).split(":", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || members.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + pair + "' is no member of an authority");
            }
        }
        return members;
    }

    private static Facility facility(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a facility is a type and a name");
        }
        return new Facility(text.substring(0, equals), text.substring(equals + 1));
    }

    /** An instance may hold slashes: each name begins behind the last slash before its equals sign. */
    private static List<Component> path(String text) {
        List<Component> path = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int equals = text.indexOf('=', start);
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text.substring(start) + "' has no instance");
            }
            int next = text.indexOf('=', equals + 1);
            int end = next < 0 ? text.length() : text.lastIndexOf('/', next);
            if (end <= equals) {
                throw new IllegalArgumentException("'" + text.substring(start) + "' is no path");
            }
            path.add(new Component(text.substring(start, equals), text.substring(equals + 1, end)));
            start = end + 1;
        }
        return path;
    }

    private static NvList specific(List<Component> path) {
        if (path.isEmpty()) {
            return NvList.EMPTY;
        }
        Component last = path.get(path.size() - 1);
        if (!last.name().equals("offset") && !last.name().equals("physaddr")) {
            return NvList.EMPTY;
        }
        path.remove(path.size() - 1);
        return NvList.builder()
                .uint64(last.name(), Long.parseUnsignedLong(last.id(), 16))
                .build();
    }
}

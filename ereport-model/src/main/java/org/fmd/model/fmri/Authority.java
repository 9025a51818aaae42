// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/**
 * Who vouches for a name: product, chassis, host (fmd reference §1.3).
 *
 * @param members known member names and their cleaned values, in order of print
 */
public record Authority(Map<String, String> members) {
    public static final Authority NONE = new Authority(Map.of());

    static final Set<String> KNOWN =
            Set.of("product-id", "product-sn", "chassis-id", "domain-id", "server-id", "host-id");

    /** Refuses with {@link IllegalArgumentException} an unknown member and a value that is not clean. */
    public Authority {
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (!KNOWN.contains(member.getKey())) {
                throw new IllegalArgumentException("an authority has no member '" + member.getKey() + "'");
            }
            requireClean(member.getKey(), member.getValue());
        }
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Returns an authority with one member more; an empty value after cleaning adds nothing. */
    public Authority with(String name, String value) {
        String cleaned = clean(value);
        if (cleaned.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(name, cleaned);
        return new Authority(more);
    }

    /** Returns the text without blanks at its ends and with a dash for each {@code :}, {@code =}, {@code /}, blank or non-printable inside. */
    public static String clean(String text) {
        String trimmed = text.strip();
        StringBuilder cleaned = new StringBuilder(trimmed.length());
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            cleaned.append(c <= ' ' || c > '~' || c == ':' || c == '=' || c == '/' || c == '?' ? '-' : c);
        }
        return cleaned.toString();
    }

    static void requireClean(String name, String value) {
        if (value.isEmpty() || !value.equals(clean(value))) {
            throw new IllegalArgumentException(name + " '" + value + "' is not clean");
        }
    }

    NvList toNvList() {
        NvList.Builder list = NvList.builder().uint8("version", 0);
        members.forEach(list::string);
        return list.build();
    }

    static Optional<Authority> fromNvList(NvList list) {
        Map<String, String> members = new LinkedHashMap<>();
        for (Map.Entry<String, NvValue> entry : list.asMap().entrySet()) {
            if (entry.getKey().equals("version")) {
                continue;
            }
            if (!(entry.getValue() instanceof NvValue.Str text)) {
                return Optional.empty();
            }
            members.put(entry.getKey(), text.value());
        }
        return Optional.of(new Authority(members));
    }

    void print(StringBuilder out) {
        members.forEach(
                (name, value) -> out.append(':').append(name).append('=').append(value));
    }
}

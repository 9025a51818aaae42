// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A piece of hardware by where it is: enclosure, bay, disk.
 *
 * @param authority product, chassis and host
 * @param serial serial number of the part, null if not known
 * @param part part number of the part, null if not known
 * @param revision its revision or firmware, null if not known
 * @param path names and instances from the root down
 * @param specific what narrows the resource down: {@code offset} or {@code physaddr} (both uint64) show in the string form
 * @param facility an indicator or sensor of the resource, null for the resource itself
 */
public record HcFmri(
        Authority authority,
        @Nullable String serial,
        @Nullable String part,
        @Nullable String revision,
        List<Component> path,
        NvList specific,
        @Nullable Facility facility)
        implements Fmri {

    /**
     * One step of the path.
     *
     * @param name a canonical name, for instance {@code bay}
     * @param id the instance; a number, or a text that may hold slashes
     */
    public record Component(String name, String id) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
        private static final Pattern ID = Pattern.compile("[^=?\\s]*[^=?/\\s]");

        /** Refuses with {@link IllegalArgumentException} a name or an instance that could not be read back. */
        public Component {
            if (!NAME.matcher(name).matches() || !ID.matcher(id).matches()) {
                throw new IllegalArgumentException("'" + name + "=" + id + "' is no component of a path");
            }
        }

        @Override
        public String toString() {
            return name + "=" + id;
        }
    }

    /**
     * An indicator or sensor.
     *
     * @param type for instance {@code indicator}
     * @param name for instance {@code fail}
     */
    public record Facility(String type, String name) {
        /** Refuses with {@link IllegalArgumentException} parts that could not be read back. */
        public Facility {
            if (!type.matches("[^=?/\\s]+") || !name.matches("[^=?\\s]+")) {
                throw new IllegalArgumentException("'" + type + "=" + name + "' is no facility");
            }
        }
    }

    /** Refuses with {@link IllegalArgumentException} an empty path and parts that are not clean. */
    public HcFmri {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an hc name needs a path");
        }
        if (serial != null) {
            Authority.requireClean("serial", serial);
        }
        if (part != null) {
            Authority.requireClean("part", part);
        }
        if (revision != null) {
            Authority.requireClean("revision", revision);
        }
    }

    /** Returns the name of a place, without authority. */
    public static HcFmri of(List<Component> path) {
        return new HcFmri(Authority.NONE, null, null, null, path, NvList.EMPTY, null);
    }

    /** Returns the same place as part of a larger whole. */
    public HcFmri withAuthority(Authority newAuthority) {
        return new HcFmri(newAuthority, serial, part, revision, path, specific, facility);
    }

    /** Returns the same place with the part that is there; the texts are cleaned, an empty one counts as not known. */
    public HcFmri withPart(@Nullable String newSerial, @Nullable String newPart, @Nullable String newRevision) {
        return new HcFmri(
                authority, cleaned(newSerial), cleaned(newPart), cleaned(newRevision), path, specific, facility);
    }

    public HcFmri withSpecific(NvList newSpecific) {
        return new HcFmri(authority, serial, part, revision, path, newSpecific, facility);
    }

    /** Returns the path alone, {@code /ses-enclosure=0/bay=7/disk=0}, with an offset where there is one. */
    public String pathText() {
        StringBuilder out = new StringBuilder();
        HcText.printPath(this, out);
        return out.toString();
    }

    @Override
    public String scheme() {
        return "hc";
    }

    /**
     * The authority's members must agree (one that is absent differs from one that is there), then the path; the
     * instance number of a {@code ses-enclosure} that leads it, or stands right below the chassis, does not count: it
     * changes from boot to boot, and the authority tells one enclosure from the other.
     */
    @Override
    public boolean sameAs(Fmri other) {
        return other instanceof HcFmri that
                && samePath(that)
                && authority.members().equals(that.authority.members())
                && sameNarrowing(that)
                && Objects.equals(facility, that.facility);
    }

    /** From the end, where names differ: every open fault is compared with every new one. */
    private boolean samePath(HcFmri that) {
        if (path.size() != that.path.size()) {
            return false;
        }
        int enclosure = path.get(0).name().equals("chassis") ? 1 : 0;
        for (int i = path.size() - 1; i >= 0; i--) {
            Component here = path.get(i);
            Component there = that.path.get(i);
            boolean anyNumber = i == enclosure && here.name().equals("ses-enclosure");
            if (!here.name().equals(there.name()) || !(anyNumber || here.id().equals(there.id()))) {
                return false;
            }
        }
        return true;
    }

    /** What the string form ends with: the offset or else the physical address. */
    private boolean sameNarrowing(HcFmri that) {
        if (specific.isEmpty() && that.specific.isEmpty()) {
            return true;
        }
        OptionalLong offset = specific.number("offset");
        return offset.equals(that.specific.number("offset"))
                && (offset.isPresent() || specific.number("physaddr").equals(that.specific.number("physaddr")));
    }

    private static @Nullable String cleaned(@Nullable String text) {
        String clean = text == null ? "" : Authority.clean(text);
        return clean.isEmpty() ? null : clean;
    }

    @Override
    public NvList toNvList() {
        NvList.Builder list = NvList.builder().uint8("version", 0).string("scheme", "hc");
        if (!authority.members().isEmpty()) {
            list.nvlist("authority", authority.toNvList());
        }
        putIfKnown(list, "serial", serial);
        putIfKnown(list, "part", part);
        putIfKnown(list, "revision", revision);
        List<NvList> steps = new ArrayList<>();
        for (Component step : path) {
            steps.add(NvList.builder()
                    .string("hc-name", step.name())
                    .string("hc-id", step.id())
                    .build());
        }
        list.string("hc-root", "").uint32("hc-list-sz", steps.size()).nvlists("hc-list", steps);
        if (!specific.isEmpty()) {
            list.nvlist("hc-specific", specific);
        }
        if (facility != null) {
            list.nvlist(
                    "facility",
                    NvList.builder()
                            .string("facility-type", facility.type())
                            .string("facility-name", facility.name())
                            .build());
        }
        return list.build();
    }

    private static void putIfKnown(NvList.Builder list, String name, @Nullable String value) {
        if (value != null) {
            list.string(name, value);
        }
    }

    static Optional<HcFmri> fromNvList(NvList list) {
        List<Component> path = new ArrayList<>();
        for (NvList step : list.nvlists("hc-list")) {
            Optional<String> name = step.string("hc-name");
            Optional<String> id = step.string("hc-id");
            if (name.isEmpty() || id.isEmpty()) {
                return Optional.empty();
            }
            path.add(new Component(name.get(), id.get()));
        }
        Optional<Authority> authority =
                list.nvlist("authority").map(Authority::fromNvList).orElse(Optional.of(Authority.NONE));
        if (authority.isEmpty()) {
            return Optional.empty();
        }
        Facility facility = list.nvlist("facility")
                .map(f -> new Facility(
                        f.string("facility-type").orElse(""),
                        f.string("facility-name").orElse("")))
                .orElse(null);
        return Optional.of(new HcFmri(
                authority.get(),
                list.string("serial").orElse(null),
                list.string("part").orElse(null),
                list.string("revision").orElse(null),
                path,
                list.nvlist("hc-specific").orElse(NvList.EMPTY),
                facility));
    }

    @Override
    public String toString() {
        return HcText.print(this);
    }
}

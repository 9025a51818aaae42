// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvType;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;
import org.jspecify.annotations.Nullable;

/**
 * The types that members have by their names: of a registered class those of the registry, of another what its family has, and
 * names that mean the same wherever they stand.
 */
final class MemberTypes {

    /** The type of a member, for an array that of its elements. */
    record Kind(NvType type, boolean array) {}

    /** Members of ZFS events (OpenZFS 2.3, as its module delivers them), by type. */
    private static final Map<String, String> ZFS = Map.of(
            "uint64",
            "pool_guid pool_state vdev_guid parent_guid vdev_ashift vdev_complete_ts vdev_delta_ts vdev_read_errors"
                    + " vdev_write_errors vdev_cksum_errors vdev_delays dio_verify_errors zio_flags zio_delay zio_timestamp"
                    + " zio_delta zio_offset zio_size zio_objset zio_object zio_blkid prev_state vdev_state vdev_laststate"
                    + " eid vdev_cksum_n vdev_cksum_t vdev_io_n vdev_io_t vdev_slow_io_n vdev_slow_io_t history_txg"
                    + " history_time history_internal_event history_dsid",
            "int64",
            "zio_level",
            "uint32",
            "zio_stage zio_pipeline zio_priority bad_ranges_min_gap",
            "int32",
            "pool_context zio_err",
            "string",
            "pool pool_failmode vdev_type vdev_path vdev_devid vdev_fru vdev_physpath vdev_enc_sysfs_path"
                    + " parent_type parent_path parent_devid cksum_algorithm resilver_type history_hostname"
                    + " history_internal_str history_internal_name history_dsname history_who",
            "string[]",
            "vdev_spare_paths",
            "uint64[]",
            "vdev_spare_guids",
            "uint32[]",
            "bad_ranges bad_range_sets bad_range_clears",
            "int64[]",
            "time",
            "boolean",
            "by_kernel");

    /** Members of FMRIs (fmd reference §1.5). */
    private static final Map<String, String> FMRI = Map.of(
            "uint8", "version cpumask",
            "uint32", "hc-list-sz cpuid",
            "uint64", "pool vdev offset physaddr",
            "int32", "mod-id",
            "int64", "line",
            "string",
                    "scheme hc-root hc-name hc-id serial part revision product-id product-sn chassis-id server-id"
                            + " domain-id host-id device-path devid target-port-l0id mod-name mod-desc mod-version"
                            + " facility-type facility-name unum path root svc-name svc-instance",
            "nvlist", "authority hc-specific facility object site context mod-pkg",
            "nvlist[]", "hc-list");

    /** What fmd adds to any event (fmd reference §1.3). */
    private static final Map<String, String> ANY = Map.of(
            "uint8", "version __ttl",
            "uint64", "ena",
            "uint64[]", "__tod",
            "boolean_value", "__injected",
            "string", "class uuid code severity pri devid driver-assessment product serial vendor location",
            "nvlist", "detector resource asru fru de attr");

    private static final Map<String, Kind> OF_FMRI = table(FMRI);
    private static final Map<String, Kind> OF_ANY = anyEvent();

    private final Map<String, Kind> own;
    private final String prefix;
    private final boolean fmri;

    private MemberTypes(Map<String, Kind> own, String prefix, boolean fmri) {
        this.own = own;
        this.prefix = prefix;
        this.fmri = fmri;
    }

    /** Returns the types of the members of an event, or of a suspect, of that class. */
    static MemberTypes of(String eventClass) {
        Map<String, Kind> own = new HashMap<>();
        ClassEntry entry = EventRegistry.shipped().find(eventClass).orElse(null);
        EventClass parsed = EventClass.parse(eventClass).orElse(null);
        Family family = parsed == null ? null : Family.of(root(eventClass)).orElse(null);
        if (entry != null) {
            addAll(own, entry.members());
        } else if (family != null) {
            List<ClassEntry> kin =
                    EventRegistry.shipped().classes(family).stream().toList();
            for (ClassEntry each : kin) {
                addAll(own, each.common());
            }
            if (family == Family.EREPORT) {
                for (ClassEntry each : kin) {
                    addAll(own, each.own());
                }
            }
        }
        return new MemberTypes(own, "", false);
    }

    private static String root(String eventClass) {
        int dot = eventClass.indexOf('.');
        return dot < 0 ? eventClass : eventClass.substring(0, dot);
    }

    private static void addAll(Map<String, Kind> kinds, List<Member> members) {
        for (Member member : members) {
            kinds.putIfAbsent(member.name().replace("[]", ""), new Kind(member.type(), member.array()));
        }
    }

    private static Map<String, Kind> anyEvent() {
        Map<String, Kind> all = table(ZFS);
        all.putAll(table(ANY));
        return all;
    }

    private static Map<String, Kind> table(Map<String, String> namesByType) {
        Map<String, Kind> kinds = new HashMap<>();
        for (Map.Entry<String, String> each : namesByType.entrySet()) {
            boolean array = each.getKey().endsWith("[]");
            String label = array ? each.getKey().substring(0, each.getKey().length() - 2) : each.getKey();
            Kind kind = new Kind(NvType.ofLabel(label).orElseThrow(), array);
            for (String name : each.getValue().split(" ")) {
                kinds.put(name, kind);
            }
        }
        return kinds;
    }

    /** Returns the type of a member, null if nobody knows it. */
    @Nullable
    Kind kind(String name) {
        if (fmri) {
            return OF_FMRI.get(name);
        }
        Kind known = own.get(prefix + name);
        if (known == null && !prefix.isEmpty()) {
            known = own.get(prefix + "*");
        }
        return known == null && prefix.isEmpty() ? OF_ANY.get(name) : known;
    }

    /** Returns the types inside a list that stands under that name. */
    MemberTypes inside(String name, boolean isFmri) {
        return new MemberTypes(own, prefix + name + ".", fmri || isFmri);
    }
}

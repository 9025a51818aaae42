// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;

/**
 * Whether a new diagnosis says what an old case says already, and what it teaches about that case (fmd reference §3.10).
 *
 * <p>The old case matches if
 *
 * <ol>
 *   <li>a new suspect is an old one that is faulty and in service, or
 *   <li>a new suspect is an old one that was acquitted, and the old case has no such faulty suspect, or
 *   <li>every new suspect is an old one, and the old ones that are not named again are isolated, removed or replaced, which
 *       explains why they are not named.
 * </ol>
 */
public final class Duplicates {
    private static final Duration TOO_RECENT = Duration.ofSeconds(10);

    private Duplicates() {}

    /** A suspect of the old case as the rules see it. */
    private enum Standing {
        REMOVED,
        ISOLATED,
        FAULTY,
        REPLACED,
        ACQUITTED,
        REPAIRED;

        static Standing of(SuspectStatus status) {
            if (status.isFaulty()) {
                return status.isUnusable() ? ISOLATED : FAULTY;
            }
            if (status.has(Bit.REPLACED)) {
                return REPLACED;
            }
            if (status.has(Bit.ACQUITTED)) {
                return ACQUITTED;
            }
            return status.has(Bit.REPAIRED) ? REPAIRED : REMOVED;
        }

        boolean explainsAbsence() {
            return this == ISOLATED || this == REMOVED || this == REPLACED;
        }
    }

    /** Returns whether {@code found} says again what {@code old} says, whatever state that is in. */
    public static boolean matches(Case old, List<Suspect> found) {
        return rule(old, found) != 0;
    }

    private static int rule(Case old, List<Suspect> found) {
        List<Suspect> before = old.diagnosis().suspects();
        boolean oldFaulty = false;
        boolean namesFaulty = false;
        boolean namesAcquitted = false;
        boolean absencesExplained = true;
        for (int i = 0; i < before.size(); i++) {
            Standing standing = Standing.of(old.statuses().get(i));
            boolean named = contains(found, before.get(i));
            oldFaulty |= standing == Standing.FAULTY;
            namesFaulty |= named && standing == Standing.FAULTY;
            namesAcquitted |= named && standing == Standing.ACQUITTED;
            absencesExplained &= named || standing.explainsAbsence();
        }
        if (namesFaulty) {
            return 1;
        }
        if (namesAcquitted && !oldFaulty) {
            return 2;
        }
        boolean allKnown = !found.isEmpty() && found.stream().allMatch(s -> contains(before, s));
        return allKnown && absencesExplained ? 3 : 0;
    }

    private static boolean contains(List<Suspect> suspects, Suspect wanted) {
        return suspects.stream().anyMatch(s -> s.sameAs(wanted));
    }

    /** Returns the states that the old case's suspects have after a diagnosis that matches it. */
    public static List<SuspectStatus> sharpened(Case old, List<Suspect> found, Instant now) {
        boolean tooRecent = old.changed().plus(TOO_RECENT).isAfter(now);
        int rule = rule(old, found);
        List<Suspect> before = old.diagnosis().suspects();
        List<SuspectStatus> after = new ArrayList<>();
        boolean namedIsolated = false;
        for (int i = 0; i < before.size(); i++) {
            namedIsolated |=
                    contains(found, before.get(i)) && Standing.of(old.statuses().get(i)) == Standing.ISOLATED;
        }
        for (int i = 0; i < before.size(); i++) {
            SuspectStatus status = old.statuses().get(i);
            Standing standing = Standing.of(status);
            boolean named = contains(found, before.get(i));
            boolean acquit = switch (rule) {
                case 1 -> !named && (standing == Standing.FAULTY || (standing == Standing.ISOLATED && !tooRecent));
                case 2 -> standing == Standing.ISOLATED && !tooRecent;
                case 3 -> !named && standing == Standing.FAULTY;
                default -> false;
            };
            boolean faultAgain = switch (rule) {
                case 2 -> named && standing == Standing.ACQUITTED && !tooRecent;
                case 3 -> named && !namedIsolated && !status.isFaulty();
                default -> false;
            };
            if (acquit) {
                status = status.without(Bit.FAULTY).with(Bit.ACQUITTED);
            } else if (faultAgain) {
                status = new SuspectStatus(status.bits() & Bits.SERVICE).with(Bit.FAULTY);
            }
            after.add(status);
        }
        return after;
    }

    /** The bits that say whether a suspect is in service, not whether it is faulty. */
    private static final class Bits {
        static final int SERVICE =
                SuspectStatus.of(Bit.UNUSABLE, Bit.NOT_PRESENT, Bit.DEGRADED).bits();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.jspecify.annotations.Nullable;

/**
 * A case as the daemon tells it.
 *
 * @param uuid the case
 * @param code its message code
 * @param severity of the code, {@code -} if it has none
 * @param state solved, close-wait, closed, repaired or resolved
 * @param changed when it came to that state
 * @param diagnosed when it was diagnosed
 * @param message false if nobody is to be told
 * @param injected whether the evidence was made by fminject
 * @param engine the diagnosis engine and its version
 * @param host where
 * @param suspects all suspects
 * @param ereports how many ereports caused the diagnosis
 * @param duplicates how many later diagnoses said the same
 * @param lastSeen when the latest of them was made
 * @param answers the latest answer of each agent
 * @param texts what the code says to people
 */
record ShownCase(
        String uuid,
        String code,
        String severity,
        String state,
        Instant changed,
        Instant diagnosed,
        boolean message,
        boolean injected,
        String engine,
        Host host,
        List<Suspect> suspects,
        int ereports,
        long duplicates,
        Instant lastSeen,
        List<Answer> answers,
        Texts texts) {

    /** The machine; {@code -} for what is not known, null for what is not used. */
    record Host(String server, @Nullable String domain, String product, String chassis, String productSerial) {}

    /**
     * One suspect.
     *
     * @param certainty per cent
     * @param location the label of the FRU
     * @param serial the serial number of the part, where the diagnosis names it beside the FRU
     */
    record Suspect(
            String eventClass,
            int certainty,
            @Nullable String resource,
            @Nullable String asru,
            @Nullable String fru,
            @Nullable String location,
            @Nullable String serial,
            SuspectStatus status) {}

    /** What an agent answered, about the case and about each suspect. */
    record Answer(String agent, Instant time, String result, String reason, List<Deed> deeds) {}

    /** What an agent did or would do about one suspect; {@code index} is its place in the list, from 0. */
    record Deed(int index, String result, String effect, String action, String reason) {}

    /** What the message code says. */
    record Texts(String description, String response, String impact, String action) {}

    private static final String UNKNOWN = "-";

    /** Reads an object of the answer to {@code cases}; empty if it is no case. */
    static Optional<ShownCase> read(Map<String, @Nullable Object> object) {
        Members members = new Members(object);
        String uuid = members.text("uuid");
        if (uuid == null) {
            return Optional.empty();
        }
        Members engine = members.object("de");
        Members texts = members.object("texts");
        return Optional.of(new ShownCase(
                uuid,
                members.textOr("code", UNKNOWN),
                members.textOr("severity", UNKNOWN),
                members.textOr("state", UNKNOWN),
                members.time("time"),
                members.time("diag-time"),
                !members.isFalse("message"),
                members.isTrue("injected"),
                (engine.textOr("mod-name", "") + " " + engine.textOr("mod-version", "")).strip(),
                host(members.object("host")),
                suspects(members),
                members.count("ereports"),
                members.number("duplicates"),
                members.time("last-seen"),
                answers(members),
                new Texts(
                        texts.textOr("description", UNKNOWN),
                        texts.textOr("response", UNKNOWN),
                        texts.textOr("impact", UNKNOWN),
                        texts.textOr("action", UNKNOWN))));
    }

    private static Host host(Members host) {
        return new Host(
                host.textOr("server", UNKNOWN),
                host.text("domain"),
                host.textOr("product", UNKNOWN),
                host.textOr("chassis", UNKNOWN),
                host.textOr("product-sn", UNKNOWN));
    }

    private static List<Suspect> suspects(Members members) {
        List<Suspect> suspects = new ArrayList<>();
        for (Members suspect : members.objects("suspects")) {
            suspects.add(new Suspect(
                    suspect.textOr("class", UNKNOWN),
                    (int) suspect.number("certainty"),
                    suspect.text("resource"),
                    suspect.text("asru"),
                    suspect.text("fru"),
                    suspect.text("location"),
                    suspect.object("payload").text("serial"),
                    status(suspect.texts("status"))));
        }
        return suspects;
    }

    private static SuspectStatus status(List<String> words) {
        SuspectStatus status = SuspectStatus.of();
        for (Bit bit : Bit.values()) {
            String word = bit.name().toLowerCase(Locale.ROOT).replace('_', '-');
            // A faulty suspect has no reason why it no longer is: faulty comes first and wins.
            boolean contradicts =
                    status.isFaulty() && (bit == Bit.REPAIRED || bit == Bit.REPLACED || bit == Bit.ACQUITTED);
            if (words.contains(word) && !contradicts) {
                status = status.with(bit);
            }
        }
        return status;
    }

    private static List<Answer> answers(Members members) {
        List<Answer> answers = new ArrayList<>();
        for (Members answer : members.objects("outcomes")) {
            List<Deed> deeds = new ArrayList<>();
            for (Members deed : answer.objects("suspects")) {
                deeds.add(new Deed(
                        (int) deed.number("index"),
                        deed.textOr("result", ""),
                        deed.textOr("effect", ""),
                        deed.textOr("action", ""),
                        deed.textOr("reason", "")));
            }
            answers.add(new Answer(
                    answer.textOr("agent", UNKNOWN),
                    answer.time("time"),
                    answer.textOr("result", ""),
                    answer.textOr("reason", ""),
                    deeds));
        }
        return answers;
    }

    /** Returns whether an administrator is told of it without asking: a suspect is there and faulty, and none is silent. */
    boolean isOpen() {
        for (Suspect suspect : suspects) {
            if (suspect.status().isFaulty() && !suspect.status().has(Bit.NOT_PRESENT)) {
                return message;
            }
        }
        return false;
    }

    /** Returns 0 for critical, 1 for major, 2 for minor, 3 for any other severity. */
    int rank() {
        return switch (severity) {
            case "Critical" -> 0;
            case "Major" -> 1;
            case "Minor" -> 2;
            default -> 3;
        };
    }
}

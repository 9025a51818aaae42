// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.fmd.core.log.LogLabel;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * What {@code fmdump} was asked for.
 *
 * @param label which log, where no file says it; null for all of them as one
 * @param form in which form
 * @param json headers and counts as JSON; events say it by their form
 * @param pretty FMRIs as strings in a dump
 * @param follow go on when the end is reached
 * @param start where to begin, null for the oldest event
 * @param last how many events at most, the last ones; 0 for all
 * @param filter which events
 * @param files what to read instead of the state directory: logs, or directories with logs
 */
record DumpRequest(
        @Nullable LogLabel label,
        Form form,
        boolean json,
        boolean pretty,
        boolean follow,
        @Nullable Start start,
        int last,
        EventFilter filter,
        List<Path> files) {

    /** The forms of output; of several asked for, the first in this order wins. */
    enum Form {
        HEADERS("-H"),
        COUNT("--count"),
        JSON("-j"),
        MESSAGE("-m"),
        DUMP("-V"),
        HUMAN("-h"),
        VERBOSE("-v"),
        SHORT(null);

        private final @Nullable String option;

        Form(@Nullable String option) {
            this.option = option;
        }

        static Form of(Arguments request) {
            for (Form form : values()) {
                if (form.option != null && request.isSet(form.option)) {
                    return form;
                }
            }
            return SHORT;
        }
    }

    /**
     * Where to begin.
     *
     * @param ref the place, null if only an offset was told
     * @param offset the offset in the file named, or in the current one
     */
    record Start(@Nullable LogRef ref, long offset) {}

    DumpRequest {
        files = List.copyOf(files);
    }

    static DumpRequest of(Arguments request, Surroundings surroundings) throws CommandFailure {
        List<Path> files = request.files(0);
        DumpRequest wanted = new DumpRequest(
                label(request),
                Form.of(request),
                request.isSet("-j"),
                request.isSet("-p"),
                request.isSet("-f"),
                start(request.value("-O", "")),
                last(request.value("-l", "")),
                filter(request, surroundings),
                files);
        refuseContradictions(request, wanted);
        if (files.isEmpty()) {
            wanted.requireFits(wanted.label());
        }
        return wanted;
    }

    private static @Nullable LogLabel label(Arguments request) throws CommandFailure {
        String chosen = "";
        for (String option : new String[] {"-e", "-i", "-I", "-A"}) {
            if (request.isSet(option)) {
                if (!chosen.isEmpty()) {
                    throw CommandFailure.usage("cannot show two logs at once: give " + chosen + " or " + option
                            + (option.equals("-A") ? "" : ", or -A for all"));
                }
                chosen = option;
            }
        }
        return switch (chosen) {
            case "-e" -> LogLabel.ERROR;
            case "-i", "-I" -> LogLabel.INFO;
            case "-A" -> null;
            default -> LogLabel.FAULT;
        };
    }

    private static void refuseContradictions(Arguments request, DumpRequest wanted) throws CommandFailure {
        if (wanted.pretty && wanted.json) {
            throw CommandFailure.usage("cannot show both forms at once: give -p or -j");
        }
        if (wanted.merged() && (request.isSet("-m") || !wanted.filter.uuids().isEmpty())) {
            throw CommandFailure.usage(
                    "cannot merge the logs with -m or -u, which speak of diagnoses: leave out -A, or these");
        }
        boolean showsEvents = wanted.form != Form.HEADERS && wanted.form != Form.COUNT;
        if (wanted.follow && (!showsEvents || wanted.files.size() > 1)) {
            throw CommandFailure.usage("cannot follow " + (showsEvents ? "more than one file" : "headers or counts")
                    + ": -f shows events of one log or directory");
        }
        if (wanted.follow && wanted.last > 0 && wanted.merged()) {
            throw CommandFailure.usage(
                    "cannot follow several logs from the last events on: give -t TIME instead of -l");
        }
        if (wanted.start != null && (wanted.merged() || wanted.files.size() > 1)) {
            throw CommandFailure.usage("cannot begin at an offset of several logs: -O goes with one log");
        }
        if (!wanted.filter.uuids().isEmpty() && wanted.label == LogLabel.ERROR) {
            if (wanted.follow || wanted.start != null) {
                throw CommandFailure.usage("cannot follow the errors of a case: -e -u goes without -f and -O");
            }
        }
    }

    /** Whether several logs are shown as one. */
    boolean merged() {
        return label == null;
    }

    /** Refuses a form that this log cannot be shown in; null stands for all logs as one. */
    void requireFits(@Nullable LogLabel shown) throws CommandFailure {
        if (form == Form.MESSAGE && shown != LogLabel.FAULT) {
            throw CommandFailure.usage("cannot show messages of the " + (shown == null ? "merged" : shown.text())
                    + " log: only diagnoses have them, so -m goes without -e and -i");
        }
        if (form == Form.HUMAN && shown != LogLabel.ERROR && shown != null) {
            throw CommandFailure.usage("cannot show the " + shown.text()
                    + " log with -h: it is for errors, so give -e, or -A; usage is --help");
        }
    }

    private static @Nullable Start start(String text) throws CommandFailure {
        if (text.isEmpty()) {
            return null;
        }
        if (text.indexOf(':') >= 0) {
            LogRef ref = LogRef.parse(text).orElse(null);
            if (ref != null) {
                return new Start(ref, ref.offset());
            }
        } else {
            try {
                long offset = Long.decode(text);
                if (offset >= 0) {
                    return new Start(null, offset);
                }
            } catch (NumberFormatException e) {
                // said below
            }
        }
        throw CommandFailure.usage("cannot begin at '" + text
                + "': -O takes an offset such as 8192 or 0x2000, or a place that -j shows as 'ref'");
    }

    private static int last(String text) throws CommandFailure {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            int last = Integer.parseInt(text);
            if (last > 0) {
                return last;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw CommandFailure.usage("cannot show the last '" + text + "' events: -l takes a number, 1 or more");
    }

    private static EventFilter filter(Arguments request, Surroundings surroundings) throws CommandFailure {
        List<ClassGlob> classes = new ArrayList<>();
        for (String pattern : request.values("-c")) {
            classes.add(new ClassGlob(pattern));
        }
        Set<UUID> uuids = new LinkedHashSet<>();
        for (String uuid : request.values("-u")) {
            uuids.add(uuid(uuid));
        }
        List<MemberFilter> members = new ArrayList<>();
        for (String member : request.values("-n")) {
            members.add(MemberFilter.parse(member));
        }
        return new EventFilter(
                request.isSet("-a") || !uuids.isEmpty(),
                request.isSet("-I"),
                time(request, "-t", surroundings),
                time(request, "-T", surroundings),
                classes,
                request.values("-d"),
                uuids,
                members);
    }

    private static @Nullable Instant time(Arguments request, String option, Surroundings surroundings)
            throws CommandFailure {
        String text = request.value(option);
        return text == null ? null : TimeArgument.parse(text, surroundings.now(), surroundings.zone());
    }

    private static UUID uuid(String text) throws CommandFailure {
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() == 36) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw CommandFailure.usage("cannot look for '" + text + "': it is no UUID");
    }
}

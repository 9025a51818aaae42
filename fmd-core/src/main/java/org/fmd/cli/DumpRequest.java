// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.fmd.core.log.LogLabel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What {@code fmdump} was asked for.
 *
 * @param label which log, where no file says it
 * @param form in which form
 * @param pretty FMRIs as strings in a dump
 * @param filter which events
 * @param files what to read instead of the state directory: logs, or directories with logs
 */
record DumpRequest(LogLabel label, Form form, boolean pretty, EventFilter filter, List<Path> files) {

    /** The forms of output; of several asked for, the first in this order wins. */
    enum Form {
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

        static Form of(ParseResult request) {
            for (Form form : values()) {
                if (form.option != null && request.matchedOptionValue(form.option, false)) {
                    return form;
                }
            }
            return SHORT;
        }
    }

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("fmdump");
        spec.usageMessage()
                .description("Shows the logs of the fault manager, which need not run: diagnoses, errors, remarks.")
                .sortOptions(false);
        spec.addOption(Program.flag("-e", "--errors", "the error log: what was observed"));
        spec.addOption(Program.flag("-i", "--info", "the information log: what agents did, and the like"));
        spec.addOption(Program.flag("-v", "--verbose", "suspects of a diagnosis, ENA of an error"));
        spec.addOption(Program.flag("-V", "--all-members", "everything about each event"));
        spec.addOption(Program.flag("-p", "--pretty", "with -V: FMRIs as strings"));
        spec.addOption(Program.flag("-h", "--human", "with -e: each error in words, on one line"));
        spec.addOption(Program.flag("-m", "--message", "what the message code of a diagnosis says"));
        spec.addOption(Program.flag("-a", "--all", "also diagnoses that nobody is to be told of"));
        spec.addOption(repeated("-c", "--class", "PATTERN", "events or suspects whose class matches, as in a shell"));
        spec.addOption(repeated("-u", "--uuid", "UUID", "this case; with -e the errors it was diagnosed from"));
        spec.addOption(repeated("-n", "--member", "NAME[=REGEX]", "events with this member, or with this value of it"));
        spec.addOption(Program.value("-t", "--since", "TIME", "not before that time, or that long ago: 2h")
                .build());
        spec.addOption(
                Program.value("-T", "--until", "TIME", "not after that time").build());
        Program.addCommonOptions(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .paramLabel("FILE")
                .description("a log, or a directory with logs, instead of the host's own")
                .build());
        return spec;
    }

    private static OptionSpec repeated(String shortName, String longName, String label, String description) {
        return Program.value(shortName, longName, label, description)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .build();
    }

    static DumpRequest of(ParseResult request, Instant now, ZoneId zone) throws CommandFailure {
        boolean errors = request.matchedOptionValue("-e", false);
        boolean info = request.matchedOptionValue("-i", false);
        if (errors && info) {
            throw CommandFailure.usage("cannot show two logs at once: give -e or -i");
        }
        if (request.matchedOptionValue("-p", false) && request.matchedOptionValue("-j", false)) {
            throw CommandFailure.usage("cannot show both forms at once: give -p or -j");
        }
        LogLabel label = errors ? LogLabel.ERROR : info ? LogLabel.INFO : LogLabel.FAULT;
        List<Path> files = request.matchedPositionalValue(0, List.<Path>of());
        Form form = Form.of(request);
        DumpRequest wanted = new DumpRequest(
                label, form, request.matchedOptionValue("-p", false), filter(request, now, zone), List.copyOf(files));
        if (files.isEmpty()) {
            wanted.requireFits(label);
        }
        return wanted;
    }

    /** Refuses a form that this log cannot be shown in. */
    void requireFits(LogLabel shown) throws CommandFailure {
        if (form == Form.MESSAGE && shown != LogLabel.FAULT) {
            throw CommandFailure.usage("cannot show messages of the " + shown.text()
                    + " log: only diagnoses have them, so -m goes without -e and -i");
        }
        if (form == Form.HUMAN && shown != LogLabel.ERROR) {
            throw CommandFailure.usage(
                    "cannot show the " + shown.text() + " log with -h: it is for errors, so give -e; usage is --help");
        }
    }

    private static EventFilter filter(ParseResult request, Instant now, ZoneId zone) throws CommandFailure {
        List<ClassGlob> classes = new ArrayList<>();
        for (String pattern : request.matchedOptionValue("-c", List.<String>of())) {
            classes.add(new ClassGlob(pattern));
        }
        Set<UUID> uuids = new LinkedHashSet<>();
        for (String uuid : request.matchedOptionValue("-u", List.<String>of())) {
            uuids.add(uuid(uuid));
        }
        List<MemberFilter> members = new ArrayList<>();
        for (String member : request.matchedOptionValue("-n", List.<String>of())) {
            members.add(MemberFilter.parse(member));
        }
        return new EventFilter(
                request.matchedOptionValue("-a", false) || !uuids.isEmpty(),
                time(request, "-t", now, zone),
                time(request, "-T", now, zone),
                classes,
                uuids,
                members);
    }

    private static @Nullable Instant time(ParseResult request, String option, Instant now, ZoneId zone)
            throws CommandFailure {
        String text = request.matchedOptionValue(option, "");
        return text.isEmpty() ? null : TimeArgument.parse(text, now, zone);
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.List;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;
import org.fmd.cli.Syntax.Word;

/** The command line of {@code fmdump} (fmd reference §5.2): options and subcommands, as the parser and the manual have them. */
final class DumpOptions {
    private static final Word FILES =
            new Word("FILE", Kind.FILE, false, true, "a log, or a directory with logs, instead of the host's own");

    private DumpOptions() {}

    static Syntax syntax() {
        Syntax syntax = new Syntax(
                "fmdump", "Shows the logs of the fault manager, which need not run: diagnoses, errors, remarks.");
        addLogs(syntax);
        addFilters(syntax);
        addForms(syntax);
        return Program.withCommonOptions(syntax)
                .word(FILES)
                .subcommand(
                        new Syntax("verify", "Checks every record of the logs and tells what is damaged.").word(FILES))
                .subcommand(new Syntax("salvage", "Copies what is readable of a damaged log to a new file.")
                        .word(file("LOG", "the damaged log"))
                        .word(file("OUT", "the file to make; must not exist")))
                .subcommand(importing());
    }

    private static void addLogs(Syntax syntax) {
        syntax.flag("-e", "--errors", "the error log: what was observed")
                .flag("-i", "--info", "the information log: what agents did, and the like")
                .flag("-I", "--important", "of the information log what has high priority")
                .flag("-A", "--aggregate", "all logs as one, in order of time")
                .flag("-f", "--follow", "go on with what is logged from now on, until interrupted")
                .value("-O", "--offset", "PLACE", "begin at that offset of the log, or at that 'ref' of -j");
    }

    private static void addFilters(Syntax syntax) {
        syntax.flag("-a", "--all", "also diagnoses that nobody is to be told of")
                .values("-c", "--class", "PATTERN", "events or suspects whose class matches, as in a shell")
                .values("-d", "--device", "DEVICE", "events of this device: devid, serial number or path")
                .values("-u", "--uuid", "UUID", "this case; with -e the errors it was diagnosed from")
                .values("-n", "--member", "NAME[=REGEX]", "events with this member, or with this value of it")
                .value("-t", "--since", "TIME", "not before that time, or that long ago: 2h")
                .value("-T", "--until", "TIME", "not after that time")
                .value("-l", "--last", "N", "the last N of these events");
    }

    private static void addForms(Syntax syntax) {
        syntax.flag("-v", "--verbose", "suspects of a diagnosis, ENA of an error")
                .flag("-V", "--all-members", "everything about each event")
                .flag("-p", "--pretty", "with -V: FMRIs as strings")
                .flag("-h", "--human", "with -e or -A: each error in words, on one line with its retries")
                .flag("-m", "--message", "what the message code of a diagnosis says")
                .flag("-H", "--headers", "what the log files say about themselves, instead of events")
                .flag("--count", "how many events of each class there were on each day");
    }

    private static Syntax importing() {
        return new Syntax(
                        "import",
                        "Makes logs of events in text: JSON Lines of fmdump -j, output of fmdump -V, of zpool events -v.")
                .add(new Option(
                        List.of("--host"),
                        "NAME",
                        Kind.TEXT,
                        false,
                        false,
                        "the host that the events are from; default this one"))
                .word(file("DIR", "the directory for the logs, new or without any"))
                .word(new Word(
                        "INPUT", Kind.FILE, false, true, "texts; default standard input, which - stands for, too"));
    }

    private static Word file(String label, String description) {
        return new Word(label, Kind.FILE, true, false, description);
    }
}

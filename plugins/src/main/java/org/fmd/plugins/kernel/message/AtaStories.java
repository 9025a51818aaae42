// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.plugins.kernel.assess.AssessmentTable;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.assess.RequestAssembler;
import org.fmd.plugins.kernel.observation.Observation.AtaReported;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What libata's error handler tells: a round for each failure of a port, in which each failed command is one attempt.
 *
 * <pre>
 *   ata3.00: exception Emask 0x0 SAct 0xf SErr 0x0 action 0x0      a round of port 3 begins
 *   ata3.00: failed command: READ FPDMA QUEUED                     a command of it
 *   ata3.00: cmd 60/f0:… \n res 41/40:… Emask 0x409 (media error)
 *   ata3.00: error: { UNC }
 *   ata3: EH complete                                              the round is over; 60 s of silence: recovered
 * </pre>
 *
 * <p>If the SCSI layer then gives the same command up, and its sense says the same, that is the attempt and it is not told
 * twice. A round in which no command is told, but the link, is an attempt as well. Belongs to one thread.
 */
final class AtaStories {
    private static final int MAX_ROUNDS = 256;
    private static final int MAX_COMMANDS = 32;
    /** How long after the end of a round the SCSI layer may speak of its commands. */
    private static final long SCSI_MICROS = 200_000;
    /** A round whose end is not told is over after this; so long a good command may take that is tried again. */
    private static final long SILENCE_MICROS = 60_000_000;

    private static final Template EXCEPTION =
            Template.of("exception Emask 0x{mask:x32} SAct 0x{:x32} SErr 0x{serror:x32} action 0x{:x32}*");
    private static final Template OLD_COMMAND =
            Template.of("tag {:d32} cmd 0x{:x8} Emask 0x{:x32} stat 0x{:x8} err 0x{:x8} (*");

    /** What else is said of a port or device, and means something by itself. */
    private static final List<Row> ROWS = List.of(
            Row.says("limiting SATA link speed to {:text}", PartEvent.SERVICE_DEGRADED),
            Row.says("limiting speed to {:text}", PartEvent.SERVICE_DEGRADED),
            Row.says("NCQ disabled due to excessive errors", PartEvent.SERVICE_DEGRADED),
            Row.says("disabled", PartEvent.SERVICE_LOST),
            Row.says("disable device", PartEvent.SERVICE_LOST),
            Row.says("reset failed, giving up", PartEvent.SERVICE_LOST),
            Row.says("COMRESET failed (errno=-{error:d32})", PartEvent.NO_RESPONSE),
            Row.says("SRST failed (errno=-{error:d32})", PartEvent.NO_RESPONSE),
            Row.says("softreset failed ({:text})", PartEvent.NO_RESPONSE),
            Row.says("hardreset failed ({:text})", PartEvent.NO_RESPONSE),
            Row.says("qc timeout (cmd 0x{:x8})", PartEvent.NO_RESPONSE),
            Row.says("qc timeout after {:d32} msecs (cmd 0x{:x8})", PartEvent.NO_RESPONSE),
            Row.says("lost interrupt (Status 0x{:x8})", PartEvent.NO_RESPONSE),
            Row.says("failed to IDENTIFY ({:text})", PartEvent.NO_RESPONSE),
            Row.says("failed to recover some devices, retrying in {:text}", PartEvent.NO_RESPONSE),
            Row.says("link is slow to respond, please be patient (*", PartEvent.STALLED),
            Row.says("port is slow to respond, please be patient (*", PartEvent.STALLED),
            Row.says("device not ready (errno=-{:d32}), forcing hardreset", PartEvent.STALLED));

    /** One round of a port's error handler. */
    private static final class Round {
        final String part;
        final Stamp first;
        Stamp last;
        int mask;
        long serror;
        boolean exceptionTold;
        boolean over;
        final List<AtaCommand> commands = new ArrayList<>();

        Round(String part, Stamp at) {
            this.part = part;
            this.first = at;
            this.last = at;
        }
    }

    private final Consumer<Conclusion> concluded;
    private final Consumer<PartReported> reported;
    private final Map<Integer, Round> rounds = new LinkedHashMap<>();
    /** Ports whose failed commands have been tried again, and nothing is heard of them yet. */
    private final Map<Integer, Round> retried = new LinkedHashMap<>();

    AtaStories(Consumer<Conclusion> concluded, Consumer<PartReported> reported) {
        this.concluded = concluded;
        this.reported = reported;
    }

    void observe(AtaReported line, Stamp at) {
        int port = line.port();
        String part =
                line.device() < 0 ? "ata" + port : "ata" + port + "." + (line.device() < 10 ? "0" : "") + line.device();
        String text = line.text();
        switch (text.charAt(0)) {
            case 'e' -> {
                if (text.startsWith("exception ")) {
                    exception(text, port, part, at);
                } else if (text.startsWith("error: { ")) {
                    AtaCommand command = lastCommand(port);
                    if (command != null) {
                        command.named(text);
                    }
                }
            }
            case 'f' -> {
                if (text.startsWith("failed command: ")) {
                    add(port, new AtaCommand(part, at));
                } else {
                    other(text, part);
                }
            }
            case 'c' -> command(text, port, part, at);
            case 't' -> oldCommand(text, port, part, at);
            case 'E' -> {
                if (text.equals("EH complete")) {
                    end(port, at);
                }
            }
            default -> other(text, part);
        }
    }

    private void exception(String text, int port, String part, Stamp at) {
        String[] found = EXCEPTION.match(text, 0, text.length());
        if (found == null) {
            return;
        }
        Round before = rounds.get(port);
        if (before != null && (before.over || before.exceptionTold || !before.commands.isEmpty())) {
            close(port);
        }
        Round round = open(port, part, at);
        round.exceptionTold = true;
        round.mask = (int) hex(found[0]);
        round.serror = hex(found[2]);
    }

    private static long hex(String digits) {
        return digits.length() > 8 ? 0 : Long.parseLong(digits, 16);
    }

    private Round open(int port, String part, Stamp at) {
        retried.remove(port);
        Round round = rounds.get(port);
        if (round == null || round.over) {
            close(port);
            if (rounds.size() >= MAX_ROUNDS) {
                close(rounds.keySet().iterator().next());
            }
            round = new Round(part, at);
            rounds.put(port, round);
        }
        round.last = at;
        return round;
    }

    private void add(int port, AtaCommand command) {
        Round round = open(port, command.part, command.at);
        if (round.commands.size() < MAX_COMMANDS) {
            round.commands.add(command);
        }
    }

    private @Nullable AtaCommand lastCommand(int port) {
        Round round = rounds.get(port);
        return round == null || round.over || round.commands.isEmpty()
                ? null
                : round.commands.get(round.commands.size() - 1);
    }

    /** {@code cmd …}, and behind a line feed {@code res …}. */
    private void command(String text, int port, String part, Stamp at) {
        if (!text.startsWith("cmd ")) {
            return;
        }
        Taskfile issued = Taskfile.read(text, 4, -1);
        if (issued == null) {
            return;
        }
        AtaCommand command = lastCommand(port);
        if (command == null || command.hasTaskfile()) {
            command = new AtaCommand(part, at); // kernels before 2.6.34 have no line "failed command"
            add(port, command);
        }
        command.issued(issued);
        int res = text.indexOf("res ", 4 + Taskfile.LENGTH);
        if (res > 0) {
            result(text, res, command);
        }
    }

    private static void result(String text, int res, AtaCommand command) {
        Taskfile ended = Taskfile.read(text, res + 4, command.code());
        int mask = text.indexOf(" Emask 0x", res);
        if (ended != null && mask == res + 4 + Taskfile.LENGTH) {
            int from = mask + " Emask 0x".length();
            int to = from;
            while (to < text.length() && to < from + 8 && Character.digit(text.charAt(to), 16) >= 0) {
                to++;
            }
            if (to > from) {
                command.ended(ended, (int) Long.parseLong(text, from, to, 16));
            }
        }
    }

    /** The form of 2.6.18. */
    private void oldCommand(String text, int port, String part, Stamp at) {
        String[] found = OLD_COMMAND.match(text, 0, text.length());
        if (found != null) {
            AtaCommand command = new AtaCommand(part, at);
            command.issued((int) hex(found[1]));
            command.ended((int) hex(found[3]), (int) hex(found[4]), (int) hex(found[2]));
            add(port, command);
        }
    }

    private void other(String text, String part) {
        for (Row row : ROWS) {
            if (text.startsWith(row.beginning())
                    && row.read(text, 0, text.length(), part, null) instanceof PartReported said) {
                reported.accept(said);
                return;
            }
        }
    }

    private void end(int port, Stamp at) {
        Round round = rounds.get(port);
        if (round != null) {
            round.over = true;
            round.last = at;
        }
    }

    /** Takes note that the SCSI layer tells of a command that failed: one of the last round may be the same. */
    void scsiTold(Octets cdb) {
        if (rounds.isEmpty() && retried.isEmpty()) {
            return;
        }
        Optional<Cdb> parsed = Cdb.parse(cdb).toOptional();
        if (parsed.isEmpty() || parsed.get().lba().isEmpty()) {
            return;
        }
        long lba = parsed.get().lba().getAsLong();
        for (Round round : rounds.values()) {
            for (AtaCommand command : round.commands) {
                if (command.lba() == lba && !command.toldByScsi) {
                    command.toldByScsi = true;
                    return;
                }
            }
        }
        retried.entrySet().removeIf(entry -> entry.getValue().commands.stream().anyMatch(c -> c.lba() == lba));
    }

    /** Returns what was said of a command that is not told yet, and leaves it to whoever asked; null if nothing was. */
    RequestAssembler.@Nullable Heard take(Octets cdb, Predicate<String> isPart) {
        OptionalLong lba = Cdb.parse(cdb).toOptional().map(Cdb::lba).orElse(OptionalLong.empty());
        for (Round round : rounds.values()) {
            for (AtaCommand command : round.commands) {
                boolean same = lba.isPresent() && command.lba() == lba.getAsLong();
                if (same && !command.taken && isPart.test(command.part)) {
                    command.taken = true;
                    return new RequestAssembler.Heard(
                            command.facts(round.mask), command.payload(round.mask, round.serror));
                }
            }
        }
        return null;
    }

    /** Closes what is over at that time. */
    void expire(Stamp now, Moments moments) {
        for (Integer port : List.copyOf(rounds.keySet())) {
            Round round = rounds.get(port);
            if (round != null && moments.between(round.last, now) > (round.over ? SCSI_MICROS : SILENCE_MICROS)) {
                close(port);
            }
        }
        retried.entrySet().removeIf(entry -> {
            boolean silent = moments.between(entry.getValue().last, now) > SILENCE_MICROS;
            if (silent) {
                recovered(entry.getValue());
            }
            return silent;
        });
    }

    boolean isWaiting() {
        return !rounds.isEmpty() || !retried.isEmpty();
    }

    /** Returns the earliest time by the arrival clock at which something is over, {@link Long#MAX_VALUE} if nothing waits. */
    long deadline() {
        long earliest = Long.MAX_VALUE;
        for (Round round : rounds.values()) {
            earliest = Math.min(
                    earliest, round.last.arrival() + (round.over ? SCSI_MICROS : SILENCE_MICROS) * 1000 + 1000);
        }
        for (Round round : retried.values()) {
            earliest = Math.min(earliest, round.last.arrival() + SILENCE_MICROS * 1000 + 1000);
        }
        return earliest;
    }

    void closeAll() {
        for (Integer port : List.copyOf(rounds.keySet())) {
            close(port);
        }
        retried.clear();
    }

    private void close(int port) {
        Round round = rounds.remove(port);
        if (round == null) {
            return;
        }
        boolean givenUp = false;
        boolean failed = false;
        for (AtaCommand command : round.commands) {
            givenUp |= command.toldByScsi;
            if (command.taken) {
                continue;
            }
            if (command.isTransport(round.mask) || !command.toldByScsi) {
                conclude(command, round);
                failed = true;
            }
        }
        if (round.commands.isEmpty() && (round.mask != 0 || round.serror != 0)) {
            conclude(new AtaCommand(round.part, round.first), round);
        }
        if (failed && !givenUp && round.over) {
            retried.put(port, round);
        }
    }

    private void conclude(AtaCommand command, Round round) {
        post(command.part, command.at, command.facts(round.mask), command.payload(round.mask, round.serror));
    }

    private void recovered(Round round) {
        Command facts = new Command(
                Fate.RECOVERED,
                new Command.Result(true, HostByte.OK),
                Command.Status.NOT_TOLD,
                null,
                Octets.EMPTY,
                null);
        post(round.commands.get(0).part, round.last, facts, NvList.EMPTY);
    }

    private void post(String part, Stamp at, Command facts, NvList payload) {
        AssessmentTable.assess(facts)
                .ifPresent(verdict -> concluded.accept(new Conclusion.ToldError(
                        new Conclusion.DiskError(at.tod(), new ScsiDevice("", part), verdict, facts), payload)));
    }
}

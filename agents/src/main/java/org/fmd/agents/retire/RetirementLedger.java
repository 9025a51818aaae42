// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What the agent has retired, across restarts. It is written before the agent acts, so a crash can make it count one too
 * many, never one too few.
 *
 * <pre>
 *   fmd-disk-retire 1 00000000 00000000            name, version, flags a reader may ignore, flags it must know
 *   CRC32C LENGTH TIME KIND STATE CASE ARRAYS DEVID     one line each; the checksum (hexadecimal) is that of the
 *                                                  LENGTH bytes after the second blank
 * </pre>
 *
 * <p>A file that is damaged is set aside and what it said is not trusted: for one window nothing is retired. Belongs to the
 * agent's worker.
 */
final class RetirementLedger {
    private static final String HEADER = "fmd-disk-retire 1 00000000 00000000";
    private static final String HEADER_FORM = "fmd-disk-retire 1 [0-9a-f]{8} 00000000";

    private final Path file;
    private final Duration window;
    private final List<Retirement> entries = new ArrayList<>();
    private Instant blindSince = Instant.MIN;
    private String trouble = "";

    private RetirementLedger(Path file, Duration window) {
        this.file = file;
        this.window = window;
    }

    /**
     * Opens the file, or begins with none.
     *
     * @throws IOException if the folder cannot be made, or the file is there but cannot be read at all
     */
    static RetirementLedger open(Path file, Duration window, Instant now) throws IOException {
        RetirementLedger ledger = new RetirementLedger(file, window);
        Files.createDirectories(parent(file));
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return ledger;
        }
        boolean whole = text.endsWith("\n");
        List<String> lines = text.lines().toList();
        whole &= !lines.isEmpty() && lines.get(0).matches(HEADER_FORM);
        for (String line : whole ? lines.subList(1, lines.size()) : List.<String>of()) {
            Optional<Retirement> entry = checked(line).flatMap(Retirement::parse);
            entry.ifPresent(ledger.entries::add);
            whole &= entry.isPresent();
        }
        if (!whole) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            ledger.blindSince = now;
            ledger.trouble =
                    file + " was damaged and is now " + aside + "; nothing is retired before " + now.plus(window);
            ledger.save(ledger.entries);
        }
        return ledger;
    }

    /** Returns what was wrong with the file, empty if nothing was. */
    String trouble() {
        return trouble;
    }

    private static Optional<String> checked(String line) {
        String[] parts = line.split(" ", 3);
        return parts.length == 3 && line.equals(framed(parts[2])) ? Optional.of(parts[2]) : Optional.empty();
    }

    private static String framed(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return String.format("%08x %d %s", crc.getValue(), bytes.length, payload);
    }

    /**
     * Returns why no other disk may be retired now, empty if one may.
     *
     * @param devid the disk it is about; what was done to it already counts for nothing
     * @param most how many are allowed in a window
     * @param rehearsal whether rehearsed retirements count too
     */
    Optional<String> objection(String devid, Instant now, long most, boolean rehearsal) {
        Instant since = now.minus(window);
        if (blindSince.isAfter(since)) {
            return Optional.of("the record of earlier retirements was damaged; the first is allowed at "
                    + blindSince.plus(window));
        }
        if (most < 1) {
            return Optional.of("max-per-window is " + most + ": nothing is retired automatically");
        }
        if (entries.stream().anyMatch(e -> e.devid().equals(devid) && !e.undone() && counts(e, rehearsal))) {
            return Optional.empty();
        }
        List<Retirement> recent = entries.stream()
                .filter(e -> e.at().isAfter(since) && counts(e, rehearsal))
                .toList();
        return recent.size() < most
                ? Optional.empty()
                : Optional.of(recent.size() + " of at most " + most + " retirements in " + inWords(window)
                        + " were made already (" + recent.get(recent.size() - 1).devid()
                        + "); more than that is seldom the disks' fault, so a person is to look first");
    }

    private static boolean counts(Retirement entry, boolean rehearsal) {
        return entry.kind() == Retirement.Kind.ACTED || (rehearsal && entry.kind() == Retirement.Kind.REHEARSED);
    }

    /** Remembers a retirement, durably when the call returns; one that is known already keeps its time. */
    void record(Retirement retirement) throws IOException {
        List<Retirement> next = new ArrayList<>();
        boolean known = false;
        for (Retirement e : entries) {
            boolean same = e.devid().equals(retirement.devid()) && e.caseId().equals(retirement.caseId());
            boolean rehearsed = e.kind() == Retirement.Kind.REHEARSED;
            boolean superseded = same && rehearsed && retirement.kind() != Retirement.Kind.REHEARSED;
            boolean past =
                    (e.undone() || rehearsed) && e.at().isBefore(retirement.at().minus(window));
            if (!superseded && !past) {
                next.add(e);
                known |= same && !e.undone();
            }
        }
        if (!known) {
            next.add(retirement);
        }
        save(next);
    }

    /** Remembers that a case does not need the disk to stay out any more. */
    void undo(String devid, UUID caseId) throws IOException {
        List<Retirement> next = new ArrayList<>();
        for (Retirement e : entries) {
            next.add(e.devid().equals(devid) && e.caseId().equals(caseId) ? e.asUndone() : e);
        }
        if (!next.equals(entries)) {
            save(next);
        }
    }

    /** Returns another case that needs the disk to stay out, empty if none does. */
    Optional<UUID> otherCase(String devid, UUID caseId) {
        return entries.stream()
                .filter(e ->
                        e.devid().equals(devid) && !e.undone() && !e.caseId().equals(caseId))
                .filter(e -> e.kind() != Retirement.Kind.REHEARSED)
                .map(Retirement::caseId)
                .findFirst();
    }

    /** Returns the arrays that the disk was taken out of by this agent, whatever the case. */
    List<DiskUse.Membership> left(String devid) {
        return entries.stream()
                .filter(e -> e.devid().equals(devid) && e.kind() == Retirement.Kind.ACTED)
                .flatMap(e -> e.left().stream())
                .distinct()
                .toList();
    }

    private void save(List<Retirement> next) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Retirement entry : next) {
            text.append(framed(entry.toLine())).append('\n');
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(parent(file), StandardOpenOption.READ)) {
            folder.force(true);
        }
        List<Retirement> copy = List.copyOf(next);
        entries.clear();
        entries.addAll(copy);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static String inWords(Duration time) {
        long seconds = time.toSeconds();
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + " min" : time.toMillis() / 1000.0 + " s";
    }
}

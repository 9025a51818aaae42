// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.fmd.eversholt.workload.Workload;
import org.fmd.eversholt.workload.WorkloadFiles;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc generate}: makes machines and errors that nobody has. */
final class GenerateCommand implements Esc.Subcommand {
    private static final int BUFFER = 1 << 16;

    static CommandSpec spec() {
        Workload usual = Workload.DEFAULT;
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(new GenerateCommand()).name("generate");
        spec.usageMessage()
                .description(
                        "Makes a machine and its errors from a seed, to try and measure rules with.",
                        "Exit status: 0 done, 2 wrong use or a file that cannot be written.");
        spec.addOption(Esc.helpOption());
        add(spec, "--topology", "FILE", "Write the machine there, as JSON; '-' is the output.");
        add(
                spec,
                "--ereports",
                "FILE",
                "Write the ereports there, one a line; gzipped if it ends in .gz; '-' is the output.");
        add(spec, "--disks", "N", "How many disks (" + usual.disks() + ").");
        add(spec, "--hosts", "N", "How many hosts they are spread over (" + usual.hosts() + ").");
        add(spec, "--count", "N", "How many ereports (" + usual.ereports() + ").");
        add(spec, "--rate", "N", "How many there are in a second, outside of storms (" + usual.rate() + ").");
        add(spec, "--fatal", "SHARE", "Share of them whose command was given up (" + usual.fatal() + ").");
        add(spec, "--bad-disks", "SHARE", "Share of disks that say four fifths of them (" + usual.badDisks() + ").");
        add(spec, "--expander-storms", "N", "How often an expander is lost (" + usual.expanderStorms() + ").");
        add(spec, "--hba-storms", "N", "How often an adapter is reset (" + usual.hbaStorms() + ").");
        add(
                spec,
                "--attention-floods",
                "N",
                "How often all disks of an enclosure tell of a change (" + usual.attentionFloods() + ").");
        add(spec, "--trickles", "N", "How many disks get over an error every hour or so (" + usual.trickles() + ").");
        add(spec, "--seed", "N", "What all chance depends on (" + usual.seed() + ").");
        add(spec, "--start", "TIME", "When it begins (" + usual.start() + ").");
        return spec;
    }

    private static void add(CommandSpec spec, String name, String label, String description) {
        spec.addOption(RunCommand.one(name, label, description).build());
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        String topology = parsed.matchedOptionValue("--topology", "");
        String ereports = parsed.matchedOptionValue("--ereports", "");
        try {
            Workload workload = workload(parsed);
            if (topology.isEmpty() && ereports.isEmpty()) {
                throw new IllegalArgumentException("nothing to do; give --topology or --ereports or both");
            }
            if (!topology.isEmpty()) {
                try (OutputStream to = open(topology, out)) {
                    WorkloadFiles.writeTopology(workload, to);
                }
            }
            if (!ereports.isEmpty()) {
                try (OutputStream to = open(ereports, out)) {
                    WorkloadFiles.writeEreports(workload, to);
                }
            }
            return ExitCode.OK;
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc generate: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static Workload workload(ParseResult parsed) {
        Workload usual = Workload.DEFAULT;
        return new Workload(
                (int) whole(parsed, "--disks", usual.disks()),
                (int) whole(parsed, "--hosts", usual.hosts()),
                whole(parsed, "--count", usual.ereports()),
                number(parsed, "--fatal", usual.fatal()),
                number(parsed, "--bad-disks", usual.badDisks()),
                (int) whole(parsed, "--expander-storms", usual.expanderStorms()),
                (int) whole(parsed, "--hba-storms", usual.hbaStorms()),
                (int) whole(parsed, "--attention-floods", usual.attentionFloods()),
                (int) whole(parsed, "--trickles", usual.trickles()),
                number(parsed, "--rate", usual.rate()),
                seed(parsed, usual.seed()),
                start(parsed, usual.start()));
    }

    private static long whole(ParseResult parsed, String option, long usual) {
        String text = parsed.matchedOptionValue(option, Long.toString(usual));
        int most = option.equals("--count") ? 15 : 9;
        if (!text.matches("[0-9]{1," + most + "}")) {
            throw new IllegalArgumentException(option + ": '" + text + "' is no number of up to " + most + " digits");
        }
        return Long.parseLong(text);
    }

    private static double number(ParseResult parsed, String option, double usual) {
        String text = parsed.matchedOptionValue(option, Double.toString(usual));
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException(option + ": '" + text + "' is no number such as 0.01");
        }
        return Double.parseDouble(text);
    }

    private static long seed(ParseResult parsed, long usual) {
        String text = parsed.matchedOptionValue("--seed", Long.toString(usual));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed: '" + text + "' is no whole number of 64 bits", e);
        }
    }

    private static Instant start(ParseResult parsed, Instant usual) {
        String text = parsed.matchedOptionValue("--start", usual.toString());
        try {
            Instant start = Instant.parse(text);
            if (start.getEpochSecond() < 0 || start.getEpochSecond() > 4_000_000_000L) {
                throw new IllegalArgumentException("--start: '" + text + "' is not between 1970 and 2096");
            }
            return start;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--start: '" + text + "' is no time such as " + usual, e);
        }
    }

    private static OutputStream open(String file, PrintWriter out) throws IOException {
        if (file.equals("-")) {
            return new BufferedOutputStream(new Printed(out), BUFFER);
        }
        try {
            OutputStream to = Files.newOutputStream(Path.of(file));
            return new BufferedOutputStream(file.endsWith(".gz") ? new GZIPOutputStream(to, BUFFER) : to, BUFFER);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot write '" + file + "': no such folder", e);
        } catch (InvalidPathException | IOException e) {
            throw new IOException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /** The command's output, which is text; what is written here is ASCII, and it stays open. */
    private static final class Printed extends FilterOutputStream {
        private final PrintWriter to;

        Printed(PrintWriter to) {
            super(OutputStream.nullOutputStream());
            this.to = to;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            to.print(new String(bytes, from, length, StandardCharsets.US_ASCII));
            if (to.checkError()) {
                throw new IOException("the output is closed");
            }
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void close() {
            to.flush();
        }
    }
}

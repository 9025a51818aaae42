// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import org.fmd.eversholt.format.Formatter;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc fmt}: lays rule files out, each on its own. */
final class FmtCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new FmtCommand()).name("fmt");
        spec.usageMessage()
                .description(
                        "Formats rule files; comments, directives and macros stay as they are.",
                        "Exit status: 0 done, 1 syntax errors or (--check) not formatted, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        spec.addOption(OptionSpec.builder("-w", "--write")
                .type(boolean.class)
                .description("Rewrite the files in place instead of printing them.")
                .build());
        spec.addOption(CompilerOptions.flag("--check", "Only name the files that are not formatted."));
        CompilerOptions.add(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        boolean write = parsed.hasMatchedOption("-w");
        boolean check = parsed.hasMatchedOption("--check");
        boolean refused = false;
        try {
            if (write && check) {
                throw new IllegalArgumentException("--write and --check exclude each other");
            }
            CompilerOptions options = CompilerOptions.of(parsed);
            Formatter formatter = new Formatter(options.dialect(), options.sources(), options.macros());
            for (String name : options.names()) {
                SourceFile file = CompilerOptions.read(name);
                Formatter.Result result = formatter.format(file);
                String text = result.text();
                if (text == null) {
                    refused = true;
                    result.issues().stream()
                            .filter(issue -> issue.severity() == Severity.ERROR)
                            .map(IssueText::of)
                            .forEach(err::print);
                } else if (check) {
                    if (!text.equals(file.text())) {
                        refused = true;
                        out.println(name);
                    }
                } else if (!write) {
                    out.print(text);
                } else if (!text.equals(file.text())) {
                    replace(Path.of(name), file.text(), text);
                }
            }
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc fmt: " + e.getMessage());
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
        return refused ? ExitCode.REFUSED : ExitCode.OK;
    }

    /** Writes beside the file and renames, so that it is the old or the new at any moment; a link stays a link. */
    private static void replace(Path named, String before, String after) throws IOException {
        try {
            Path file = named.toRealPath();
            byte[] old = Files.readAllBytes(file);
            Charset charset = Arrays.equals(old, before.getBytes(StandardCharsets.UTF_8))
                    ? StandardCharsets.UTF_8
                    : StandardCharsets.ISO_8859_1;
            if (!Arrays.equals(old, before.getBytes(charset))) {
                throw new IOException("it changed while it was formatted; try again");
            }
            Path temporary = file.resolveSibling("." + file.getFileName() + ".fmt");
            try {
                Files.write(temporary, after.getBytes(charset));
                if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                    Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
                }
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new IOException("cannot write '" + named + "': " + e.getMessage(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

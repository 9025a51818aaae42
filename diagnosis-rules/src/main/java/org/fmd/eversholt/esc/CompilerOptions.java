// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.PayloadChecks;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.registry.EventRegistry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the user said about how rule files are to be read: {@code --compat -I -D -U FILE...}.
 *
 * @param names the files, as the user wrote them
 */
record CompilerOptions(Dialect dialect, Sources sources, List<String> macros, List<String> names) {
    CompilerOptions {
        macros = List.copyOf(macros);
        names = List.copyOf(names);
    }

    static void add(CommandSpec spec) {
        spec.addOption(flag("--compat", "Speak the reference compiler's language and give its verdicts."));
        spec.addOption(list("-I", "DIR", "Look for included files here too."));
        spec.addOption(list("-D", "NAME[=VALUE]", "Define a macro."));
        spec.addOption(list("-U", "NAME", "Undefine a macro."));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Rule files.")
                .build());
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** @throws IllegalArgumentException when something is no macro name or no path; the message is for the user */
    static CompilerOptions of(ParseResult parsed) {
        List<String> macros = new ArrayList<>();
        for (String definition : parsed.matchedOptionValue("-D", List.<String>of())) {
            macros.add(define(definition));
        }
        for (String name : parsed.matchedOptionValue("-U", List.<String>of())) {
            macros.add("#undef " + macroName(name));
        }
        List<Path> folders = new ArrayList<>();
        for (String folder : parsed.matchedOptionValue("-I", List.<String>of())) {
            folders.add(Path.of(folder));
        }
        Dialect dialect = parsed.hasMatchedOption("--compat") ? Dialect.REFERENCE : Dialect.OURS;
        List<String> names = parsed.matchedPositionalValue(0, List.<String>of());
        return new CompilerOptions(dialect, Sources.files(folders), macros, names);
    }

    /**
     * Compiles all files as one program.
     *
     * @throws IOException when one cannot be read; the message is for the user
     */
    CompileResult compile() throws IOException {
        return new Compiler(dialect, sources, macros).compile(files());
    }

    /**
     * Compiles all files as one program and holds its payload members against the event registry, where the dialect checks
     * more than the reference.
     *
     * @throws IOException when one cannot be read; the message is for the user
     */
    CompileResult compileAndCompare() throws IOException {
        List<SourceFile> files = files();
        CompileResult result = new Compiler(dialect, sources, macros).compile(files);
        if (result.program() == null || !dialect.has(Decision.CHECK_MORE)) {
            return result;
        }
        List<Issue> issues = new ArrayList<>(result.issues());
        issues.addAll(new PayloadChecks(EventRegistry.shipped()).check(result.program()));
        return new CompileResult(result.program(), Compiler.inOrder(issues, files));
    }

    private List<SourceFile> files() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(read(name));
        }
        return files;
    }

    static SourceFile read(String file) throws IOException {
        try {
            return new SourceFile(file, Sources.read(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read '" + file + "': no such file", e);
        } catch (InvalidPathException | IOException e) {
            throw new IOException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    private static String define(String definition) {
        int equals = definition.indexOf('=');
        String name = equals < 0 ? definition : definition.substring(0, equals);
        String value = equals < 0 ? "1" : definition.substring(equals + 1);
        return "#define " + macroName(name) + " " + value.replace("\n", " ");
    }

    private static String macroName(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a macro name");
        }
        return name;
    }
}

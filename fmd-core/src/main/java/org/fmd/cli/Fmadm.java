// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.core.ctl.ControlClient;
import org.fmd.core.daemon.Places;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code fmadm}: shows what is faulty, and tells the fault manager what a person did about it. */
public final class Fmadm extends Program {
    private static final List<String> SUBCOMMANDS =
            List.of("faulty", "explain", "config", "repaired", "replaced", "acquit");

    private Fmadm(Surroundings surroundings) {
        super("fmadm", surroundings);
    }

    public static void main(String[] args) {
        new Fmadm(Surroundings.ofProcess()).runAsProcess(args);
    }

    /**
     * Returns the command line, for a caller that brings its own writers.
     *
     * @param args the arguments that it will be given; none if they are not known yet
     */
    public static CommandLine createFmadm(Surroundings surroundings, String... args) {
        return new Fmadm(surroundings).commandLine(List.of(args));
    }

    @Override
    CommandSpec spec(List<String> args) {
        CommandSpec spec = CommandSpec.create().name("fmadm");
        spec.usageMessage()
                .description("Shows what is faulty, and records what was done about it.")
                .commandListHeading("%nSubcommands:%n")
                .sortOptions(false);
        spec.addOption(option("-q", "--quiet")
                .description("leave out messages of success")
                .build());
        addCommonOptions(spec);
        boolean any = false;
        for (String name : SUBCOMMANDS) {
            if (args.contains(name) || (name.equals("faulty") && args.contains("list"))) {
                spec.addSubcommand(name, subcommand(name));
                any = true;
            }
        }
        for (String name : any ? List.<String>of() : SUBCOMMANDS) {
            spec.addSubcommand(name, subcommand(name));
        }
        return spec;
    }

    private static CommandSpec subcommand(String name) {
        return switch (name) {
            case "faulty" -> FaultyRequest.spec().aliases("list");
            case "explain" ->
                described("Says why a case was diagnosed, or why a problem was not.")
                        .addPositional(PositionalParamSpec.builder()
                                .index("0")
                                .arity("1")
                                .required(true)
                                .type(String.class)
                                .paramLabel("<uuid>|<class>@<fmri>|<label>")
                                .description("a case, or a problem at a resource")
                                .build());
            case "config" -> described("Shows the modules of the fault manager and how they are.");
            case "repaired" -> change("Records that the thing named was repaired.");
            case "replaced" -> change("Records that the part named was replaced by another.");
            default ->
                change("Records that the thing named, or every suspect of a case, is not to blame.")
                        .addPositional(PositionalParamSpec.builder()
                                .index("1")
                                .arity("0..1")
                                .type(String.class)
                                .paramLabel("<uuid>")
                                .description("only in this case")
                                .build());
        };
    }

    private static CommandSpec described(String description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description).sortOptions(false);
        return spec;
    }

    private static CommandSpec change(String description) {
        return described(description)
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .paramLabel("<fmri>|<label>|<uuid>")
                        .description("the resource, ASRU or FRU, its label, or a whole case")
                        .build());
    }

    @Override
    String complaint(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            return "illegal subcommand -- " + unmatched.getUnmatched().get(0);
        }
        return super.complaint(e);
    }

    @Override
    ExitCode run(ParseResult request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException {
        if (!request.hasSubcommand()) {
            commandLine(List.of()).usage(out, Ansi.OFF);
            return ExitCode.USAGE;
        }
        return switch (request.subcommand().commandSpec().name()) {
            case "faulty" -> faulty(request, out);
            case "explain" -> explain(request, out);
            case "config" -> config(request, out);
            case "repaired" -> change(request, "repaired", "repair", out);
            case "replaced" -> change(request, "replaced", "replacement", out);
            default -> change(request, "acquit", "acquittal", out);
        };
    }

    private ControlClient ask(ParseResult request, Map<String, Object> question) throws IOException {
        Path root = root(request);
        String start = root == null ? "systemctl start fmd" : "fmd -R " + root;
        return ControlClient.ask(Places.socket(root == null ? Path.of("/") : root), start, question);
    }

    private ExitCode faulty(ParseResult request, PrintWriter out) throws CommandFailure, IOException {
        FaultyRequest wanted = FaultyRequest.of(request.subcommand());
        List<ShownCase> cases = new ArrayList<>();
        int told = 0;
        try (ControlClient answer = ask(request, Map.of("op", "cases"))) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                ShownCase one = ShownCase.read(object).orElse(null);
                if (one == null || !wanted.selects(one)) {
                    continue;
                }
                if (isSet(request, "-j")) {
                    // As they come: the daemon's order is that of diagnosis, and a program sorts for itself.
                    if (told++ < wanted.most()) {
                        out.println(Json.write(object));
                    }
                } else {
                    cases.add(one);
                }
            }
        }
        if (!cases.isEmpty()) {
            wanted.print(cases, surroundings(), out);
        }
        return ExitCode.DONE;
    }

    private ExitCode explain(ParseResult request, PrintWriter out) throws CommandFailure, IOException {
        String target = request.subcommand().matchedPositionalValue(0, "");
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("op", "explain");
        question.put("target", target);
        try (ControlClient answer = ask(request, question)) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (isSet(request, "-j")) {
                    out.println(Json.write(object));
                } else {
                    printReasons(object, "", out);
                }
            }
        } catch (ControlClient.Failure e) {
            if (e.problem() == ControlClient.Problem.REFUSED) {
                throw CommandFailure.failed("failed to explain " + target + ": " + e.getMessage(), e);
            }
            throw e;
        }
        return ExitCode.DONE;
    }

    /** A sentence, and what it rests on indented below it. */
    private static void printReasons(Map<?, ?> explanation, String indent, PrintWriter out) {
        out.println(indent + explanation.get("sentence"));
        if (explanation.get("because") instanceof List<?> reasons) {
            for (Object reason : reasons) {
                if (reason instanceof Map<?, ?> map) {
                    printReasons(map, indent + "  ", out);
                }
            }
        }
    }

    private ExitCode config(ParseResult request, PrintWriter out) throws IOException {
        List<Members> modules = new ArrayList<>();
        try (ControlClient answer = ask(request, Map.of("op", "config"))) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (isSet(request, "-j")) {
                    out.println(Json.write(object));
                } else {
                    modules.add(new Members(object));
                }
            }
        }
        new ConfigPrinter().print(modules, out);
        return ExitCode.DONE;
    }

    private ExitCode change(ParseResult request, String op, String deed, PrintWriter out)
            throws CommandFailure, IOException {
        String target = request.subcommand().matchedPositionalValue(0, "");
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("op", op);
        question.put("target", target);
        String uuid = request.subcommand().matchedPositionalValue(1, "");
        if (!uuid.isEmpty()) {
            question.put("uuid", uuid);
        }
        try (ControlClient answer = ask(request, question)) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (isSet(request, "-j")) {
                    out.println(Json.write(object));
                } else if (!isSet(request, "-q") && object.get("recorded") instanceof String recorded) {
                    out.println("fmadm: " + recorded);
                }
            }
        } catch (ControlClient.Failure e) {
            if (e.problem() == ControlClient.Problem.REFUSED) {
                String preposition = op.equals("repaired") ? " to " : " of ";
                throw CommandFailure.failed(
                        "failed to record " + deed + preposition + target + ": " + e.getMessage(), e);
            }
            throw e;
        }
        return ExitCode.DONE;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Word;
import org.fmd.core.ctl.ControlClient;
import org.fmd.core.daemon.Places;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code fmadm}: shows what is faulty, and tells the fault manager what a person did about it. */
public final class Fmadm extends Program {
    private Fmadm(Surroundings surroundings) {
        super("fmadm", surroundings);
    }

    public static void main(String[] args) {
        new Fmadm(Surroundings.ofProcess()).runAsProcess(args);
    }

    /** Returns the program, for a caller that brings its own writers. */
    public static Program createFmadm(Surroundings surroundings) {
        return new Fmadm(surroundings);
    }

    @Override
    Syntax syntax() {
        Syntax syntax = new Syntax("fmadm", "Shows what is faulty, and records what was done about it.")
                .add(common("leave out messages of success", "-q", "--quiet"));
        return withCommonOptions(syntax)
                .subcommand(FaultyRequest.syntax().alias("list"))
                .subcommand(new Syntax("explain", "Says why a case was diagnosed, or why a problem was not.")
                        .word(required("<uuid>|<class>@<fmri>|<label>", "a case, or a problem at a resource")))
                .subcommand(new Syntax("config", "Shows the modules of the fault manager and how they are."))
                .subcommand(change("repaired", "Records that the thing named was repaired."))
                .subcommand(change("replaced", "Records that the part named was replaced by another."))
                .subcommand(
                        change("acquit", "Records that the thing named, or every suspect of a case, is not to blame.")
                                .word(new Word("<uuid>", Kind.TEXT, false, false, "only in this case")));
    }

    private static Syntax change(String name, String description) {
        return new Syntax(name, description)
                .word(required("<fmri>|<label>|<uuid>", "the resource, ASRU or FRU, its label, or a whole case"));
    }

    private static Word required(String label, String description) {
        return new Word(label, Kind.TEXT, true, false, description);
    }

    @Override
    ExitCode run(Arguments request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException {
        return switch (String.valueOf(request.subcommand())) {
            case "faulty" -> faulty(request, out);
            case "explain" -> explain(request, out);
            case "config" -> config(request, out);
            case "repaired" -> change(request, "repaired", "repair", out);
            case "replaced" -> change(request, "replaced", "replacement", out);
            default -> change(request, "acquit", "acquittal", out);
        };
    }

    private ControlClient ask(Arguments request, Map<String, Object> question) throws IOException {
        Path root = root(request);
        String start = root == null ? "systemctl start fmd" : "fmd -R " + root;
        return ControlClient.ask(Places.socket(root == null ? Path.of("/") : root), start, question);
    }

    private ExitCode faulty(Arguments request, PrintWriter out) throws CommandFailure, IOException {
        FaultyRequest wanted = FaultyRequest.of(request);
        List<ShownCase> cases = new ArrayList<>();
        int told = 0;
        try (ControlClient answer = ask(request, Map.of("op", "cases"))) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                ShownCase one = ShownCase.read(object).orElse(null);
                if (one == null || !wanted.selects(one)) {
                    continue;
                }
                if (request.isSet("-j")) {
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

    private ExitCode explain(Arguments request, PrintWriter out) throws CommandFailure, IOException {
        String target = request.word(0);
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("op", "explain");
        question.put("target", target);
        try (ControlClient answer = ask(request, question)) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (request.isSet("-j")) {
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

    private ExitCode config(Arguments request, PrintWriter out) throws IOException {
        List<Members> modules = new ArrayList<>();
        try (ControlClient answer = ask(request, Map.of("op", "config"))) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (request.isSet("-j")) {
                    out.println(Json.write(object));
                } else {
                    modules.add(new Members(object));
                }
            }
        }
        new ConfigPrinter().print(modules, out);
        return ExitCode.DONE;
    }

    private ExitCode change(Arguments request, String op, String deed, PrintWriter out)
            throws CommandFailure, IOException {
        String target = request.word(0);
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("op", op);
        question.put("target", target);
        String uuid = request.word(1);
        if (!uuid.isEmpty()) {
            question.put("uuid", uuid);
        }
        try (ControlClient answer = ask(request, question)) {
            for (Map<String, @Nullable Object> object = answer.next(); object != null; object = answer.next()) {
                if (request.isSet("-j")) {
                    out.println(Json.write(object));
                } else if (!request.isSet("-q") && object.get("recorded") instanceof String recorded) {
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.eft.SimTime;
import org.fmd.eversholt.scenario.Row.Word;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenario files.
 *
 * <pre>
 *   rules FILE...                     instead of NAME.esc beside NAME.scenario
 *   machine [FILE.json]               the machine of the scenarios below; a line for each component:
 *       PATH [NAME=VALUE...]
 *   set hesitate TIME | set serd_override TEXT | set maxfme N
 *   scenario TITLE                    what follows is about it alone
 *       TIME ...                      see {@link StepParser}
 *       nothing [until TIME]
 * </pre>
 */
final class ScenarioParser {
    private static final List<String> KEYWORDS = List.of("rules", "machine", "set", "scenario", "nothing");

    private final SourceFile source;
    private final Path path;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<Path> rules = new ArrayList<>();
    private @Nullable Machine machine;
    private boolean inMachine;
    private Settings settings = Settings.DEFAULT;
    private @Nullable Draft draft;

    /** The scenario being read. */
    private static final class Draft {
        private final Row title;
        private Settings settings;
        private final StepParser steps;

        Draft(Row title, Settings settings, List<Finding> findings) {
            this.title = title;
            this.settings = settings;
            this.steps = new StepParser(findings);
        }
    }

    ScenarioParser(SourceFile source, Path path) {
        this.source = source;
        this.path = path;
    }

    ScenarioFile parse() {
        for (Row row : Row.of(source, findings)) {
            take(row);
        }
        endOfScenario();
        if (rules.isEmpty()) {
            String name = String.valueOf(path.getFileName());
            rules.add(path.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ".esc"));
        }
        return new ScenarioFile(source, rules, scenarios, findings);
    }

    private void take(Row row) {
        Draft now = draft;
        switch (row.first().text()) {
            case "rules" -> rules(row);
            case "machine" -> machine(row);
            case "scenario" -> {
                endOfScenario();
                inMachine = false;
                draft = new Draft(row, settings, findings);
            }
            case "set" -> set(row);
            default -> {
                if (inMachine && machine != null) {
                    machine.add(row);
                } else if (now != null && now.steps.begins(row)) {
                    now.steps.take(row);
                } else {
                    unknown(row.first());
                }
            }
        }
    }

    private void unknown(Word word) {
        findings.add(new Finding(
                word.span(),
                draft == null
                        ? "expected 'machine', 'scenario', 'rules' or 'set'" + NearNames.hint(word.text(), KEYWORDS)
                        : "expected a time such as 1m30s, or a suspect such as 100% fault.x@disk0"
                                + NearNames.hint(word.text(), KEYWORDS)));
    }

    private void rules(Row row) {
        if (row.words().size() < 2) {
            findings.add(new Finding(row.span(), "expected the names of rule files"));
        }
        if (draft != null || !scenarios.isEmpty()) {
            findings.add(new Finding(row.first().span(), "'rules' stands before the first scenario"));
        }
        for (Word word : row.from(1)) {
            Path file = file(word);
            if (file != null) {
                rules.add(file);
            }
        }
    }

    private @Nullable Path file(Word word) {
        try {
            return path.resolveSibling(word.text());
        } catch (InvalidPathException e) {
            findings.add(new Finding(word.span(), "no file can have this name"));
            return null;
        }
    }

    private void machine(Row row) {
        endOfScenario();
        inMachine = true;
        machine = new Machine(findings);
        if (row.words().size() > 1) {
            Path file = file(row.words().get(1));
            if (file != null) {
                machine = Machine.read(file, row.words().get(1), findings);
            }
        }
    }

    private void set(Row row) {
        inMachine = false;
        Settings before = draft == null ? settings : draft.settings;
        Settings after = changed(before, row);
        if (after == null) {
            findings.add(new Finding(
                    row.span(), "expected 'set hesitate TIME', 'set serd_override NAME,N,T ...' or 'set maxfme N'"));
        } else if (draft == null) {
            settings = after;
        } else {
            draft.settings = after;
        }
    }

    private static @Nullable Settings changed(Settings old, Row row) {
        if (row.words().size() < 3) {
            return null;
        }
        String value = row.from(2).stream().map(Word::text).collect(Collectors.joining(" "));
        switch (row.words().get(1).text()) {
            case "hesitate" -> {
                OptionalLong time = SimTime.parse(value);
                return time.isEmpty() ? null : new Settings(time.getAsLong(), old.maxExercises(), old.overrides());
            }
            case "maxfme" -> {
                return value.matches("[0-9]{1,9}")
                        ? new Settings(old.hesitateNanos(), Integer.parseInt(value), old.overrides())
                        : null;
            }
            case "serd_override" -> {
                try {
                    return new Settings(old.hesitateNanos(), old.maxExercises(), Settings.overrides(value));
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
            default -> {
                return null;
            }
        }
    }

    private void endOfScenario() {
        Draft done = draft;
        draft = null;
        if (done == null) {
            return;
        }
        if (done.title.words().size() < 2) {
            findings.add(new Finding(done.title.span(), "the scenario has no title"));
        } else if (machine == null) {
            findings.add(new Finding(done.title.span(), "no machine stands before the scenario"));
        } else if (done.steps.expected().isEmpty()) {
            findings.add(new Finding(
                    done.title.span(), "the scenario expects nothing; if that is meant, say so: 'nothing'"));
        } else {
            scenarios.add(new Scenario(
                    title(done.title),
                    done.title.span(),
                    machine.topology(done.title.span()),
                    done.settings,
                    done.steps.inputs(),
                    done.steps.expected()));
        }
    }

    private String title(Row row) {
        List<Word> words = row.from(1);
        int start = words.get(0).span().start();
        int end = words.get(words.size() - 1).span().end();
        return source.text().substring(start, end).replaceAll("^\"|\"$", "");
    }
}

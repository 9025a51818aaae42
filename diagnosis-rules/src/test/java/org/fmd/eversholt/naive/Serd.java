// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/** The SERD engines (eversholt reference §3.3 and 7.13). */
final class Serd {
    /** One engine; {@code held} are the ereports it counts, oldest first. */
    static final class Engine {
        final String path;
        final String label;
        long n;
        long t;
        final List<Exercise.Report> held = new ArrayList<>();
        final Set<String> fedBy = new HashSet<>();

        Engine(String path, String label) {
            this.path = path;
            this.label = label;
        }
    }

    private final Map<List<String>, Engine> engines = new LinkedHashMap<>();
    private final Dialect dialect;
    private final Settings settings;

    Serd(Dialect dialect, Settings settings) {
        this.dialect = dialect;
        this.settings = settings;
    }

    /** Records a report for a problem; returns the engine if it fires, with what made it fire still in it, else null. */
    @Nullable
    Engine record(
            Graph.Ev problem, SerdEngine declared, Map<String, Object> globals, Tree tree, Exercise.Report report) {
        Graph.Notes notes = problem.notes;
        String name = declared.name().eventClass();
        String path = cut(problem.path, declared.name().path());
        String id = declared.idGlobal() == null || !globals.containsKey(declared.idGlobal())
                ? ""
                : ":" + text(globals.get(declared.idGlobal()));
        String label = name + notes.suffix + "@" + path + id;
        List<String> key =
                dialect.has(Decision.STRUCTURED_ENGINE_KEY) ? List.of(name, notes.suffix, path, id) : List.of(label);
        Engine engine = engines.get(key);
        boolean told = notes.n != null || notes.t != null;
        if (engine == null || (engine.held.isEmpty() && told)) {
            engine = new Engine(path, label);
            limits(engine, declared, notes, tree);
            engines.put(key, engine);
        } else if (engine.held.isEmpty()) {
            engine.fedBy.clear();
        }
        engine.fedBy.add(problem.toString());
        // Numbers have no sign.
        for (long i = 0; i < 65_536 && Long.compareUnsigned(i, notes.increment) < 0; i++) {
            while (Long.compareUnsigned(engine.held.size(), engine.n) > 0) {
                engine.held.remove(0);
            }
            engine.held.add(report);
            long span = report.time() - engine.held.get(0).time();
            if (Long.compareUnsigned(engine.held.size(), engine.n) > 0 && span <= engine.t) {
                return engine;
            }
        }
        return null;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Long number ? Long.toUnsignedString(number) : String.valueOf(value);
    }

    private void limits(Engine engine, SerdEngine declared, Graph.Notes notes, Tree tree) {
        String name = declared.name().eventClass();
        Settings.Limits override = settings.overrides().get(name + notes.suffix);
        String property = name.replace('.', '_');
        String n = tree.property(engine.path, property + "_n");
        String text = tree.property(engine.path, property + "_t");
        Long t = text == null ? null : Numerals.time(text);
        if (t == null && notes.t != null) {
            t = notes.t instanceof Long number ? number : Numerals.time(notes.t.toString());
        }
        if (override != null) {
            engine.n = override.n();
            engine.t = override.nanos();
            return;
        }
        engine.n =
                clamp(n != null ? Numerals.prefix(n) : notes.n != null ? notes.n : declared.n(), Integer.MAX_VALUE - 1);
        engine.t = clamp(t != null ? t : declared.nanos(), Long.MAX_VALUE);
    }

    private static long clamp(long unsigned, long most) {
        return unsigned < 0 || unsigned > most ? most : unsigned;
    }

    /** The instance path, cut behind the last place where the declared names occur in it. */
    static String cut(String path, List<String> names) {
        String[] steps = path.split("/");
        for (int end = steps.length; end >= names.size(); end--) {
            boolean fits = true;
            for (int i = 0; i < names.size(); i++) {
                fits &= steps[end - names.size() + i].replaceAll("[0-9]+$", "").equals(names.get(i));
            }
            if (fits) {
                return String.join("/", List.of(steps).subList(0, end));
            }
        }
        throw new IllegalArgumentException(names + " not in " + path);
    }

    void repaired(String eventClass, String path) {
        for (Engine engine : engines.values()) {
            boolean fed = dialect.has(Decision.RESET_FED_ENGINES) && engine.fedBy.contains(eventClass + "@" + path);
            if (fed || engine.path.equals(path)) {
                engine.held.clear(); // and so it begins afresh
            }
        }
    }
}

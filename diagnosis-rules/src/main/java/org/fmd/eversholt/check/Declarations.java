// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.EventRef;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Path;
import org.fmd.eversholt.syntax.PathIndex;
import org.fmd.eversholt.syntax.Property;
import org.fmd.eversholt.syntax.Span;
import org.fmd.eversholt.syntax.Stmt;
import org.fmd.eversholt.syntax.Stmt.UnitKind;
import org.jspecify.annotations.Nullable;

/**
 * Everything a program declares, by name, and whether a statement may use it: always with decision Q1, else only
 * when it is declared further up.
 */
final class Declarations {
    /** A {@code fru} or {@code asru} path. */
    static final class Unit {
        final Span span;
        final int statement;
        boolean used;

        Unit(Span span, int statement) {
            this.span = span;
            this.statement = statement;
        }
    }

    private final Context context;
    final Map<EventName, Declared> events = new LinkedHashMap<>();
    final Map<EventName, Declared> serdEngines = new LinkedHashMap<>();
    final Map<EventName, Declared> statEngines = new LinkedHashMap<>();
    final Map<List<String>, Unit> frus = new LinkedHashMap<>();
    final Map<List<String>, Unit> asrus = new LinkedHashMap<>();

    Declarations(Context context) {
        this.context = context;
    }

    /** Notes what the statements declare; the number of a statement is its place in the list. */
    void collect(List<Stmt> statements) {
        for (int i = 0; i < statements.size(); i++) {
            Stmt statement = statements.get(i);
            if (statement instanceof Stmt.EventDecl event) {
                declareEvent(event, i);
            } else if (statement instanceof Stmt.EngineDecl engine) {
                declareEngine(engine, i);
            } else if (statement instanceof Stmt.UnitDecl unit) {
                refuseIterators(
                        unit.path(), "a path declared with " + unit.kind().word());
                units(unit.kind()).putIfAbsent(names(unit.path()), new Unit(unit.span(), i));
            }
        }
    }

    Map<List<String>, Unit> units(UnitKind kind) {
        return kind == UnitKind.FRU ? frus : asrus;
    }

    private void declareEvent(Stmt.EventDecl event, int statement) {
        String word = event.event().name().kindWord();
        if (EventKind.of(word).isEmpty()) {
            String hint = isEngine(word) ? "; declare it with 'engine'" : unknownKind(word);
            context.add(
                    IssueCode.EVENT_KIND, event.event().name().span(), "'" + word + "' is not a kind of event" + hint);
            return;
        }
        declare(events, event.event(), event.properties(), event.span(), statement);
    }

    /** What to try for a word that is no kind of event. */
    static String unknownKind(String word) {
        String near = NearNames.hint(word, kindWords());
        return near.isEmpty() ? "; known kinds are fault, defect, upset, error and ereport" : near;
    }

    private void declareEngine(Stmt.EngineDecl engine, int statement) {
        String word = engine.engine().name().kindWord();
        if (!isEngine(word)) {
            String hint = EventKind.of(word).isPresent()
                    ? "; declare it with 'event'"
                    : NearNames.nearest(word, List.of("serd", "stat"))
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; known kinds are serd and stat");
            context.add(
                    IssueCode.EVENT_KIND,
                    engine.engine().name().span(),
                    "'" + word + "' is not a kind of engine" + hint);
            return;
        }
        Map<EventName, Declared> table = word.equals("serd") ? serdEngines : statEngines;
        declare(table, engine.engine(), engine.properties(), engine.span(), statement);
    }

    private void declare(
            Map<EventName, Declared> table, EventRef event, List<Property> properties, Span span, int statement) {
        Path path = event.path();
        if (path == null) {
            context.add(
                    IssueCode.PATH_MISSING,
                    event.span(),
                    "'" + event.name() + "' needs a path; expected '@' and a component");
            return;
        }
        refuseIterators(path, "a declaration");
        EventName name = new EventName(event.name().text(), names(path));
        table.computeIfAbsent(name, Declared::new).sites().add(new Declared.Site(event, properties, span, statement));
    }

    private void refuseIterators(Path path, String where) {
        for (Path.Component component : path.components()) {
            PathIndex index = component.index();
            IteratorForms.check(context, index);
            if (index instanceof PathIndex.Named named) {
                context.add(
                        IssueCode.ITERATOR_IN_DECLARATION,
                        named.span(),
                        "iterator '" + named.name() + "' has no meaning in " + where + "; leave it out");
            }
        }
    }

    /** The event a statement names, if it may use it. */
    Optional<Declared> event(EventName name, int statement) {
        return visible(events.get(name), statement);
    }

    Optional<Declared> serdEngine(EventName name, int statement) {
        return visible(serdEngines.get(name), statement);
    }

    private Optional<Declared> visible(@Nullable Declared declared, int statement) {
        return Optional.ofNullable(declared)
                .filter(found -> visible(found.first().statement(), statement));
    }

    /** Whether something declared by one statement may be used in another. */
    boolean visible(int declaration, int use) {
        return context.has(Decision.RESOLVE_NAMES_AT_END) || declaration <= use;
    }

    /** The declarations of the same class at other paths. */
    List<Declared> elsewhere(String eventClass) {
        List<Declared> found = new ArrayList<>();
        for (Declared declared : events.values()) {
            if (declared.name().eventClass().equals(eventClass)) {
                found.add(declared);
            }
        }
        return found;
    }

    static boolean isEngine(String word) {
        return word.equals("serd") || word.equals("stat");
    }

    static List<String> kindWords() {
        return Arrays.stream(EventKind.values()).map(EventKind::word).toList();
    }

    static List<String> names(Path path) {
        List<String> names = new ArrayList<>(path.components().size());
        path.components().forEach(component -> names.add(component.name()));
        return names;
    }

    static EventName nameOf(EventRef event, Path path) {
        return new EventName(event.name().text(), names(path));
    }
}

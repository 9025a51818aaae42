// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.PropertyTable.Value;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.EventRef;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Path;
import org.fmd.eversholt.syntax.Property;
import org.fmd.eversholt.syntax.Stmt;
import org.fmd.eversholt.syntax.Stmt.UnitKind;
import org.jspecify.annotations.Nullable;

/** Checks what is declared and makes the engines and events of the program. */
final class DeclarationChecks {
    private final Context context;
    private final Declarations declarations;
    private final PropertyTable table;
    private final TermBuilder values;
    private final ArgumentChecks arguments;
    private final Map<EventName, SerdEngine> serdEngines = new LinkedHashMap<>();
    private final Map<EventName, StatEngine> statEngines = new LinkedHashMap<>();
    private final Map<EventName, Event> events = new LinkedHashMap<>();

    DeclarationChecks(Context context, Declarations declarations) {
        this.context = context;
        this.declarations = declarations;
        this.table = new PropertyTable(context);
        this.values = new TermBuilder(context, declarations, Scope.empty());
        this.arguments = new ArgumentChecks(context);
    }

    Map<EventName, SerdEngine> serdEngines() {
        return serdEngines;
    }

    Map<EventName, StatEngine> statEngines() {
        return statEngines;
    }

    Map<EventName, Event> events() {
        return events;
    }

    void check(List<Stmt> statements) {
        for (Stmt statement : statements) {
            if (statement instanceof Stmt.UnitDecl unit) {
                table.check(unit.kind().word(), unit.properties(), new LinkedHashMap<>());
            }
        }
        declarations.statEngines.values().forEach(this::stat);
        declarations.serdEngines.values().forEach(this::serd);
        declarations.events.values().forEach(this::event);
    }

    private Map<String, Value> properties(Declared declared, String kind) {
        Map<String, Value> merged = new LinkedHashMap<>();
        for (Declared.Site site : declared.sites()) {
            table.check(kind, site.properties(), merged);
            for (Property property : site.properties()) {
                checkUnit(declared, site, property);
            }
        }
        return merged;
    }

    /** FRU and ASRU of any declaration name declared paths. */
    private void checkUnit(Declared declared, Declared.Site site, Property property) {
        boolean fru = property.name().equals("FRU");
        if ((!fru && !property.name().equals("ASRU")) || !(property.value() instanceof Expr.PathValue value)) {
            return;
        }
        UnitKind kind = fru ? UnitKind.FRU : UnitKind.ASRU;
        List<String> path = Declarations.names(value.path());
        Declarations.Unit unit = declarations.units(kind).get(path);
        if (unit != null && declarations.visible(unit.statement, site.statement())) {
            unit.used = true;
            checkInside(declared, property, path);
            return;
        }
        List<String> known = declarations.units(kind).keySet().stream()
                .map(names -> String.join("/", names))
                .toList();
        context.add(
                IssueCode.UNIT_UNDECLARED,
                property.span(),
                "'" + value.path() + "' is not declared with " + kind.word()
                        + NearNames.nearest(String.join("/", path), known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; expected '" + kind.word() + " "
                                        + value.path().plainName() + ";'"
                                        + (unit == null ? "" : " before this statement")));
    }

    /**
     * The property's path is cut out of the event's instance path, so it must lie in it: be a part of the declared
     * path, or end where that begins, or (only the topology can tell) lie wholly above it.
     */
    private void checkInside(Declared declared, Property property, List<String> path) {
        List<String> event = declared.name().path();
        if (Collections.indexOfSubList(event, path) >= 0) {
            return;
        }
        for (int overlap = Math.min(path.size(), event.size()); overlap > 0; overlap--) {
            if (path.subList(path.size() - overlap, path.size()).equals(event.subList(0, overlap))) {
                return;
            }
        }
        if (path.stream().anyMatch(event::contains)) {
            context.more(
                    IssueCode.PATH_OUTSIDE,
                    property.span(),
                    property.name() + " path '" + String.join("/", path) + "' does not lie in the event's path '"
                            + declared.name().pathText() + "'; it must end at or above the event's component");
        }
    }

    private void stat(Declared declared) {
        properties(declared, "stat");
        statEngines.put(declared.name(), new StatEngine(declared.name(), declared.spans()));
    }

    private void serd(Declared declared) {
        Map<String, Value> properties = properties(declared, "serd");
        EventName trip = null;
        for (Declared.Site site : declared.sites()) {
            for (Property property : site.properties()) {
                if (property.name().equals("trip") && property.value() instanceof Expr.EventValue value) {
                    trip = trip(property, value.event(), site.statement());
                }
            }
        }
        for (String required : List.of("N", "T")) {
            boolean written = declared.sites().stream()
                    .flatMap(site -> site.properties().stream())
                    .anyMatch(property -> property.name().equals(required));
            if (!written) {
                context.add(
                        IssueCode.ENGINE_INCOMPLETE,
                        declared.first().span(),
                        "SERD engine '" + declared.name() + "' lacks property " + required);
            }
        }
        useless(properties, "method", "all engines outlive a restart");
        useless(properties, "FRU", "an engine has no FRU");
        Value n = properties.get("N");
        Value t = properties.get("T");
        Value id = properties.get("id");
        serdEngines.put(
                declared.name(),
                new SerdEngine(
                        declared.name(),
                        n != null && n.value() instanceof Expr.Num num ? num.value() : 0,
                        t != null && t.value() instanceof Expr.Time time ? time.nanos() : 0,
                        trip,
                        id != null && id.value() instanceof Expr.Global global ? global.name() : null,
                        declared.spans()));
    }

    private void useless(Map<String, Value> properties, String name, String why) {
        Value value = properties.get(name);
        if (value != null) {
            context.more(
                    IssueCode.PROPERTY_USELESS,
                    value.property().span(),
                    "property " + name + " has no effect" + (why.isEmpty() ? "" : ": " + why));
        }
    }

    private @Nullable EventName trip(Property property, EventRef event, int statement) {
        Path path = event.path();
        if (!event.name().kindWord().equals("ereport") || path == null) {
            context.add(IssueCode.TRIP, property.span(), "trip must be an ereport with its path, not '" + event + "'");
            return null;
        }
        EventName name = Declarations.nameOf(event, path);
        Declared declared = declarations.events.get(name);
        if (declared == null || !declarations.visible(declared.first().statement(), statement)) {
            List<String> known = declarations.events.keySet().stream()
                    .map(EventName::toString)
                    .toList();
            String hint = declared == null
                    ? NearNames.hint(name.toString(), known)
                    : "; it must be declared before this statement";
            context.add(IssueCode.TRIP, property.span(), "trip '" + name + "' is not declared" + hint);
            return null;
        }
        declared.markUsed();
        return name;
    }

    private void event(Declared declared) {
        EventKind kind =
                EventKind.of(declared.first().event().name().kindWord()).orElseThrow();
        Map<String, Value> properties = properties(declared, kind.word());
        Window window = window(declared, kind);
        Value counter = properties.get("count");
        Event.Properties merged = new Event.Properties(
                term(properties.get("FITrate")),
                names(properties.get("FRU")),
                names(properties.get("ASRU")),
                engine(declared, kind),
                counter == null ? null : counter(declared, counter),
                term(properties.get("message")),
                term(properties.get("retire")),
                term(properties.get("response")),
                properties.containsKey("action") && term(properties.get("action")) instanceof Term.Call call
                        ? call
                        : null,
                discards(declared));
        useless(properties, "poller", "");
        useless(properties, "delivery", "");
        if (kind == EventKind.ERROR) {
            useless(properties, "ASRU", "errors are not published");
        }
        events.put(declared.name(), new Event(declared.name(), kind, declared.spans(), window, merged));
    }

    private @Nullable Term term(@Nullable Value value) {
        return value == null ? null : values.term(value.value());
    }

    private static @Nullable List<String> names(@Nullable Value value) {
        return value != null && value.value() instanceof Expr.PathValue path ? Declarations.names(path.path()) : null;
    }

    private boolean discards(Declared declared) {
        List<Declared.Site> sites =
                context.has(Decision.MERGE_DECLARATIONS) ? declared.sites() : List.of(declared.first());
        return sites.stream()
                .flatMap(site -> site.properties().stream())
                .anyMatch(property -> property.name().equals("discard_if_config_unknown"));
    }

    private @Nullable SerdEngine engine(Declared declared, EventKind kind) {
        SerdEngine found = null;
        for (Declared.Site site : declared.sites()) {
            for (Property property : site.properties()) {
                if (property.name().equals("engine")
                        && PropertyType.SERD.fits(property.value())
                        && property.value() instanceof Expr.EventValue value) {
                    found = engine(declared, kind, property, value.event(), site.statement());
                }
            }
        }
        return found;
    }

    private @Nullable SerdEngine engine(
            Declared declared, EventKind kind, Property property, EventRef event, int statement) {
        Path path = event.path();
        EventName name = path == null ? declared.name() : Declarations.nameOf(event, path);
        SerdEngine engine = serdEngines.get(name);
        if (engine == null) {
            List<String> known =
                    serdEngines.keySet().stream().map(EventName::toString).toList();
            context.add(
                    IssueCode.ENGINE_UNDECLARED,
                    property.span(),
                    "SERD engine '" + name + "' is not declared" + NearNames.hint(name.toString(), known));
            return null;
        }
        // Declared further down it is found all the same; the reference only does not note the use.
        declarations.serdEngine(name, statement).ifPresent(Declared::markUsed);
        checkInside(declared, property, name.path());
        Issue.Note note = Context.declaredHere(name, engine.declarations().get(0));
        if (kind == EventKind.UPSET && !hasTrip(name)) {
            context.more(
                    IssueCode.TRIP_MISSING,
                    property.span(),
                    "the engine of an upset needs a trip ereport, or nothing happens when it fires",
                    note);
        } else if (kind != EventKind.UPSET && engine.trip() != null) {
            context.more(
                    IssueCode.TRIP_IGNORED,
                    property.span(),
                    "the engine of a " + kind.word() + " does not post its trip ereport",
                    note);
        }
        return engine;
    }

    /** Whether a trip is written, in order or not. */
    private boolean hasTrip(EventName engine) {
        Declared declared = declarations.serdEngines.get(engine);
        return declared != null
                && declared.sites().stream()
                        .flatMap(site -> site.properties().stream())
                        .anyMatch(property -> property.name().equals("trip"));
    }

    private @Nullable StatEngine counter(Declared declared, Value value) {
        if (!(value.value() instanceof Expr.EventValue counter)
                || counter.event().path() == null) {
            return null;
        }
        EventName name = Declarations.nameOf(counter.event(), counter.event().path());
        checkInside(declared, value.property(), name.path());
        Declared engine = declarations.statEngines.get(name);
        if (engine != null) {
            engine.markUsed();
            return new StatEngine(name, engine.spans());
        }
        TermBuilder.reportCounter(context, declarations, name, value.property().span());
        return new StatEngine(name, List.of());
    }

    private @Nullable Window window(Declared declared, EventKind kind) {
        Window window = null;
        for (Declared.Site site : declared.sites()) {
            boolean counts =
                    site.statement() == declared.first().statement() || context.has(Decision.MERGE_DECLARATIONS);
            List<Expr> others = new ArrayList<>();
            for (Expr item : site.event().constraints()) {
                if (item instanceof Expr.Call call && call.function().equals("within")) {
                    arguments.check(Function.WITHIN, call);
                    if (counts && !arguments.meansNothing(call)) {
                        window = arguments.window(call);
                    }
                } else {
                    others.add(item);
                }
            }
            checkIgnored(declared, others);
        }
        if (window != null && kind.isProblem()) {
            context.more(
                    IssueCode.WITHIN_USELESS,
                    window.span(),
                    "within has no effect here: no arrow leads to a " + kind.word());
        }
        return window;
    }

    private void checkIgnored(Declared declared, List<Expr> constraints) {
        if (constraints.isEmpty()) {
            return;
        }
        context.more(
                IssueCode.DECLARATION_CONSTRAINT,
                constraints.get(0).span(),
                "only within counts in a declaration; put this constraint on the arrow");
        // Function arguments are looked at here as everywhere, names are not.
        Scope scope = new Scope();
        for (Declared.Site site : declared.sites()) {
            Path path = site.event().path();
            if (path != null) {
                scope.define(path);
            }
        }
        TermBuilder builder = new TermBuilder(
                new Context(context.dialect().without(Decision.REFUSE_UNBOUND_ITERATOR), context.issues()),
                declarations,
                scope);
        constraints.forEach(builder::term);
    }

    /** The nodes that {@code config} statements add. */
    List<ConfigNode> configs(List<Stmt> statements) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (Stmt statement : statements) {
            if (statement instanceof Stmt.ConfigDecl config) {
                List<ConfigNode.Part> parts = new ArrayList<>();
                for (Path.Component component : config.path().components()) {
                    parts.add(part(component));
                }
                nodes.add(new ConfigNode(parts, table.config(config.properties()), config.span()));
            }
        }
        return nodes;
    }

    private ConfigNode.Part part(Path.Component component) {
        String name = component.name();
        int digits = name.length();
        while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
            digits--;
        }
        if (digits == name.length()) {
            context.add(
                    IssueCode.CONFIG_NUMBER,
                    component.span(),
                    "'" + name + "' needs a number, such as '" + name + "0'");
            return new ConfigNode.Part(name, 0);
        }
        try {
            return new ConfigNode.Part(name.substring(0, digits), Long.parseUnsignedLong(name.substring(digits)));
        } catch (NumberFormatException e) {
            context.add(IssueCode.NUMBER_RANGE, component.span(), "the number of '" + name + "' is beyond 64 bits");
            return new ConfigNode.Part(name.substring(0, digits), 0);
        }
    }
}

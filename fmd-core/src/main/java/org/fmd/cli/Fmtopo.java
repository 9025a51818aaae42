// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;
import org.fmd.cli.Syntax.Word;
import org.fmd.core.ctl.ControlClient;
import org.fmd.core.daemon.LiveHardware;
import org.fmd.core.daemon.Places;
import org.fmd.core.log.LogFiles;
import org.fmd.core.topo.SlotHistory;
import org.fmd.core.topo.SnapshotFile;
import org.fmd.core.topo.Stay;
import org.jspecify.annotations.Nullable;

/** {@code fmtopo}: shows the hardware with the state of its parts, and which part was where. */
public final class Fmtopo extends Program {
    private Fmtopo(Surroundings surroundings) {
        super("fmtopo", surroundings);
    }

    public static void main(String[] args) {
        new Fmtopo(Surroundings.ofProcess()).runAsProcess(args);
    }

    /** Returns the program, for a caller that brings its own writers. */
    public static Program createFmtopo(Surroundings surroundings) {
        return new Fmtopo(surroundings);
    }

    @Override
    Syntax syntax() {
        Syntax syntax = new Syntax(
                        "fmtopo", "Shows the hardware with the state of its parts, and which part was where.")
                .flag("-p", "--names", "resource, ASRU, FRU and label of each part")
                .flag("-V", "--all-properties", "all that is known of each part")
                .values("-P", "--property", "NAME", "this property of each part; several with commas between them")
                .flag("-S", "--states", "the state of each part, not of those alone that are not well")
                .flag("--history", "which part was where, under which name, from when to when")
                .add(valued("--at", "TIME", Kind.TEXT, "which part was in which slot at that time"))
                .flag("--live", "look at the hardware now, without the daemon")
                .add(valued("--capture", "DIR", Kind.FILE, "look at the hardware in a capture"))
                .flag("--ascii", "draw the tree in ASCII");
        return withCommonOptions(syntax)
                .word(
                        new Word(
                                "WHAT",
                                Kind.TEXT,
                                false,
                                true,
                                "an FMRI, a path or a pattern of one, or a name: serial number, devid, sda, slot, mount point"));
    }

    private static Option valued(String name, String label, Kind kind, String description) {
        return new Option(List.of(name), label, kind, false, false, description);
    }

    @Override
    ExitCode run(Arguments request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException {
        Path root = root(request);
        Path top = root == null ? Path.of("/") : root;
        List<TopoQuery> queries = new ArrayList<>();
        for (int i = 0; !request.word(i).isEmpty(); i++) {
            queries.add(new TopoQuery(request.word(i)));
        }
        String at = request.value("--at");
        boolean past = request.isSet("--history") || at != null;
        String capture = request.value("--capture");
        boolean live = request.isSet("--live") || capture != null;
        if (past && live) {
            throw CommandFailure.usage("the past is not to be seen in the hardware: leave out --live and --capture");
        }
        if (past) {
            return history(request, queries, at, top, out, err);
        }
        Shown shown = live ? live(top, capture) : kept(top, request, err);
        boolean tree = !live && !request.isSet("-j");
        return show(shown, tree ? lastInEmptyBays(shown.topology(), top) : Map.of(), request, queries, out, err);
    }

    /** Who was in a bay last that is empty now: what a person wants to know who holds a disk in the hand. */
    private Map<String, String> lastInEmptyBays(Topology topology, Path top) {
        Map<String, String> last = new HashMap<>();
        for (TopoNode node : topology.nodes()) {
            if (node.path().last().name().equals("bay")
                    && topology.children(node.path()).isEmpty()) {
                last.put(node.path().toString(), "");
            }
        }
        if (last.isEmpty()) {
            return last;
        }
        try {
            // Later stays come later, so the last one stays.
            for (Stay stay :
                    SlotHistory.read(LogFiles.in(Places.of(top, top).state())).stays()) {
                TopoPath place = TopoPath.parse(stay.part().place()).orElse(null);
                TopoPath bay = place == null ? null : place.parent();
                Instant gone = stay.to();
                if (bay != null && gone != null && last.containsKey(bay.toString())) {
                    last.put(
                            bay.toString(),
                            "until " + Times.full(gone, surroundings().zone()).substring(0, 20) + " there was "
                                    + stay.part().part() + "  serial "
                                    + stay.part().serial() + "  "
                                    + String.join(" ", stay.part().names()));
                }
            }
        } catch (IOException e) {
            last.clear(); // --history says what is wrong with it
        }
        last.values().removeIf(String::isEmpty);
        return last;
    }

    /** The hardware, and what is known of its state. */
    private record Shown(Topology topology, ServiceStates states) {}

    private Shown live(Path top, @Nullable String capture) throws IOException {
        Path home = surroundings().home();
        Places places = home == null ? new Places(top, null, top, top) : Places.of(top, home);
        List<String> options = capture == null ? List.of() : List.of("sysfs-topology:capture=" + capture);
        Topology topology = LiveHardware.take(places, options);
        if (capture != null) {
            return new Shown(topology, ServiceStates.UNKNOWN);
        }
        return new Shown(topology, states(topology, top, "", null));
    }

    /** What the daemon has on disk: after it has looked again, if it runs, else as it was when it last looked. */
    private Shown kept(Path top, Arguments request, PrintWriter err) throws CommandFailure, IOException {
        String start = request.value("-R") == null ? "systemctl start fmd" : "fmd -R " + top;
        Path state = Places.of(top, top).state();
        boolean running = false;
        String unanswered = "";
        try (ControlClient client = ControlClient.ask(Places.socket(top), start, Map.of("op", "topology"))) {
            for (Object line = client.next(); line != null; line = client.next()) {
                running = true;
            }
        } catch (ControlClient.Failure e) {
            unanswered = " (" + e.getMessage() + ")";
        }
        SnapshotFile snapshot;
        try {
            snapshot = SnapshotFile.read(LogFiles.in(state));
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed(
                    "cannot show the hardware: the fault manager has not recorded any in '" + state
                            + "'; start it with '" + start + "', or use --live",
                    e);
        } catch (AccessDeniedException e) {
            throw CommandFailure.failed("cannot read '" + e.getFile() + "': permission denied; read it as root", e);
        }
        if (!running) {
            err.println("fmtopo: the fault manager was not asked" + unanswered + "; this is the hardware of "
                    + Times.full(snapshot.time(), surroundings().zone()).substring(0, 20)
                    + "; --live looks at what is there now");
        }
        return new Shown(snapshot.topology(), states(snapshot.topology(), top, start, err));
    }

    /** From the daemon, or where there is none from its log. */
    private static ServiceStates states(Topology topology, Path top, String start, @Nullable PrintWriter err)
            throws IOException {
        List<ShownCase> cases = new ArrayList<>();
        try (ControlClient client = ControlClient.ask(Places.socket(top), start, Map.of("op", "cases"))) {
            for (Map<String, @Nullable Object> object = client.next(); object != null; object = client.next()) {
                ShownCase.read(object).ifPresent(cases::add);
            }
            return ServiceStates.ofCases(topology, cases);
        } catch (ControlClient.Failure e) {
            try {
                return ServiceStates.ofLog(topology, Places.of(top, top).state());
            } catch (IOException unreadable) {
                if (err != null) {
                    err.println("fmtopo: the state of parts is not known: " + unreadable.getMessage());
                }
                return ServiceStates.UNKNOWN;
            }
        }
    }

    private ExitCode show(
            Shown shown,
            Map<String, String> last,
            Arguments request,
            List<TopoQuery> queries,
            PrintWriter out,
            PrintWriter err) {
        Set<TopoNode> wanted = new LinkedHashSet<>();
        ExitCode code = ExitCode.DONE;
        for (TopoQuery query : queries) {
            List<TopoNode> found = query.in(shown.topology());
            if (found.isEmpty()) {
                err.println("fmtopo: cannot show '" + query.text()
                        + "': not here; it is no FMRI, path, serial number, devid, label or name of anything here now"
                        + ", see also --history");
                code = ExitCode.FAILED;
            }
            wanted.addAll(found);
        }
        if (request.isSet("-j")) {
            for (TopoNode node : queries.isEmpty() ? shown.topology().nodes() : wanted) {
                out.println(TopoJson.of(node, shown.states()));
            }
            return code;
        }
        TopoTree tree = new TopoTree(shown.topology(), shown.states(), last, form(request), out);
        List<TopoNode> tops = queries.isEmpty() ? shown.topology().roots() : outermost(wanted);
        for (TopoNode node : tops) {
            tree.print(node);
        }
        return code;
    }

    /** What is below another that is shown is shown there. */
    private static List<TopoNode> outermost(Set<TopoNode> nodes) {
        Set<TopoPath> paths = new LinkedHashSet<>();
        nodes.forEach(node -> paths.add(node.path()));
        List<TopoNode> tops = new ArrayList<>();
        for (TopoNode node : nodes) {
            TopoPath above = node.path().parent();
            while (above != null && !paths.contains(above)) {
                above = above.parent();
            }
            if (above == null) {
                tops.add(node);
            }
        }
        return tops;
    }

    private TopoTree.Form form(Arguments request) {
        List<String> properties = new ArrayList<>();
        for (String names : request.values("-P")) {
            int start = 0;
            for (int comma = names.indexOf(','); comma >= 0; comma = names.indexOf(',', start)) {
                properties.add(names.substring(start, comma));
                start = comma + 1;
            }
            properties.add(names.substring(start));
        }
        boolean terminal = surroundings().hasTerminal();
        return new TopoTree.Form(
                terminal && !request.isSet("--ascii") && isUtf8(),
                terminal && surroundings().variable("NO_COLOR").isEmpty(),
                request.isSet("-p"),
                request.isSet("-V"),
                request.isSet("-S"),
                properties);
    }

    /** The first of these variables that is set says what the terminal understands (locale(7)). */
    private boolean isUtf8() {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = surroundings().variable(name);
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    private ExitCode history(
            Arguments request, List<TopoQuery> queries, @Nullable String at, Path top, PrintWriter out, PrintWriter err)
            throws CommandFailure, IOException {
        Instant time = at == null ? null : time(at);
        Path state = Places.of(top, top).state();
        SlotHistory.Told told;
        try {
            told = SlotHistory.read(LogFiles.in(state));
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed(
                    "cannot show the history of the hardware: the fault manager has not recorded any in '" + state
                            + "'",
                    e);
        } catch (AccessDeniedException e) {
            throw CommandFailure.failed("cannot read '" + e.getFile() + "': permission denied; read it as root", e);
        }
        if (told.damaged() > 0) {
            err.println("fmtopo: skipping " + told.damaged() + " damaged lines of '" + state.resolve(SlotHistory.NAME)
                    + "'");
        }
        List<Stay> stays = new ArrayList<>();
        for (Stay stay : told.stays()) {
            if ((time == null || stay.covers(time)) && isWanted(stay, queries)) {
                stays.add(stay);
            }
        }
        if (time == null) {
            stays.sort((a, b) -> a.from().compareTo(b.from()));
        } else {
            stays.sort((a, b) -> comparePlaces(a.part().place(), b.part().place()));
        }
        if (stays.isEmpty() && (!queries.isEmpty() || time != null)) {
            err.println("fmtopo: nothing like that is recorded"
                    + (time == null
                            ? ""
                            : " at " + Times.full(time, surroundings().zone()).substring(0, 20)));
            return ExitCode.FAILED;
        }
        if (request.isSet("-j")) {
            stays.forEach(stay -> out.println(TopoJson.of(stay)));
        } else if (time == null) {
            StayTable.history(stays, surroundings().zone(), out);
        } else {
            StayTable.slots(stays, surroundings().zone(), out);
        }
        return ExitCode.DONE;
    }

    private Instant time(String at) throws CommandFailure {
        Instant now = surroundings().now();
        return at.equals("now")
                ? now
                : TimeArgument.parse(at, now, surroundings().zone());
    }

    private static boolean isWanted(Stay stay, List<TopoQuery> queries) {
        for (TopoQuery query : queries) {
            if (query.matches(stay.part())) {
                return true;
            }
        }
        return queries.isEmpty();
    }

    /** By name and number of each step. */
    private static int comparePlaces(String a, String b) {
        TopoPath x = TopoPath.parse(a).orElse(null);
        TopoPath y = TopoPath.parse(b).orElse(null);
        if (x == null || y == null) {
            return a.compareTo(b);
        }
        for (int i = 0; i < Math.min(x.steps().size(), y.steps().size()); i++) {
            TopoPath.Step one = x.steps().get(i);
            TopoPath.Step other = y.steps().get(i);
            int order = one.name().compareTo(other.name());
            order = order != 0 ? order : Integer.compare(one.number(), other.number());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.steps().size(), y.steps().size());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.manager.Output;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** What the daemon has promised so far, and whether its logs keep it. */
final class Ledger {
    private static final int LARGE = 1 << 30;

    private final Map<String, Integer> posted = new HashMap<>();
    private final Map<LogRef, String> accepted = new LinkedHashMap<>();
    private final Set<String> promised = new HashSet<>();
    private final Map<String, String> told = new LinkedHashMap<>();
    private @Nullable String whyVague;
    private boolean torn;
    private int crashes;

    void posted(Ereport ereport) {
        posted.merge(Logs.text(ereport), 1, Integer::sum);
    }

    void accepted(EreportAccepted one) {
        if (accepted.put(one.ref(), Logs.text(one.ereport())) != null) {
            throw new AssertionError("two ereports were accepted at " + one.ref());
        }
    }

    /** Whatever the log holds when the daemon comes up is handled, whether or not it was accepted before. */
    void handledAgain(LogEntry entry) {
        accepted.putIfAbsent(entry.ref(), Logs.text(entry));
    }

    /** What was to be logged is. */
    void promised(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault) {
                promised.add(Logs.text(fault.event()));
            } else if (output instanceof Output.LogInfo info) {
                promised.add(Logs.text(info.event()));
            }
        }
    }

    /** Agents were told, so it is in the log; but that a case is isolated is only told. */
    void told(Output.TellAgents tell) {
        if (tell.event().kind() != ListKind.ISOLATED) {
            told.put(
                    Logs.text(tell.event()),
                    tell.event().uuid() + " " + tell.event().kind());
        }
    }

    void crashed() {
        crashes++;
    }

    int crashes() {
        return crashes;
    }

    /** The power was lost, and some of what was not durable may have survived. */
    void torn(boolean some) {
        torn |= some;
    }

    void vague(String why) {
        whyVague = whyVague == null ? why : whyVague;
    }

    Optional<String> whyVague() {
        return Optional.ofNullable(whyVague);
    }

    /** Whether the logs hold what was promised, at any time, on a disk that works. */
    void check(LogFiles files, Schedule schedule) {
        boolean all = schedule.quota() >= LARGE;
        if (!all) {
            vague("old files may be deleted");
        }
        checkErrors(Logs.read(files, LogLabel.ERROR), all);
        Set<String> texts = new HashSet<>();
        Set<UUID> suspects = new HashSet<>();
        Map<String, String> answers = new HashMap<>();
        for (LogLabel label : List.of(LogLabel.FAULT, LogLabel.INFO)) {
            for (LogEntry entry : Logs.read(files, label)) {
                String text = Logs.text(entry);
                Event event = Logs.event(entry);
                Optional<String> agent =
                        event instanceof Ireport ireport ? ireport.attributes().string("agent") : Optional.empty();
                // An agent may change its mind, and change it back.
                boolean again = agent.isPresent()
                        ? text.equals(answers.put(
                                agent.get() + " on " + entry.record().uuid(), text))
                        : texts.contains(text);
                if (again) {
                    throw new AssertionError("twice in " + label.fileName() + ": " + text);
                }
                texts.add(text);
                if (event instanceof ListEvent list && list.kind() == ListKind.SUSPECT && !suspects.add(list.uuid())) {
                    throw new AssertionError("two diagnoses of one case: " + text);
                }
            }
        }
        if (all) {
            promised.stream().filter(text -> !texts.contains(text)).findFirst().ifPresent(text -> {
                throw new AssertionError("was logged and is gone: " + text);
            });
            told.forEach((text, name) -> {
                if (!texts.contains(text)) {
                    throw new AssertionError("agents were told, and it is not in the log: " + text);
                }
            });
        }
        List<String> damage = Logs.damage(files);
        if (!torn && !damage.isEmpty()) {
            throw new AssertionError("damaged, though nothing was torn: " + damage);
        }
    }

    private void checkErrors(List<LogEntry> entries, boolean all) {
        Map<LogRef, String> found = new LinkedHashMap<>();
        Map<String, Integer> count = new HashMap<>();
        for (LogEntry entry : entries) {
            String text = Logs.text(entry);
            found.put(entry.ref(), text);
            if (count.merge(text, 1, Integer::sum) > posted.getOrDefault(text, 0)
                    && !entry.record().eventClass().startsWith("ereport.fm.")) {
                throw new AssertionError("the error log holds at " + entry.ref() + " what nobody posted: " + text);
            }
        }
        List<LogRef> kept = new ArrayList<>();
        for (Map.Entry<LogRef, String> one : accepted.entrySet()) {
            String text = found.get(one.getKey());
            if (text == null && !all && kept.isEmpty()) {
                continue; // its file was deleted
            }
            if (!one.getValue().equals(text)) {
                throw new AssertionError(
                        "accepted at " + one.getKey() + ": " + one.getValue() + ", there now: " + text);
            }
            kept.add(one.getKey());
        }
        List<LogRef> order = new ArrayList<>(found.keySet());
        order.retainAll(new HashSet<>(kept));
        if (!order.equals(kept)) {
            throw new AssertionError("the error log is in another order than it was accepted in");
        }
    }

    /** Whether each agent was told of each case, and of its last step, when all has come to an end. */
    void checkTold(LogFiles files, Schedule schedule, List<SimAgent> agents) {
        if (schedule.quota() < LARGE) {
            return;
        }
        Map<UUID, Integer> steps = new LinkedHashMap<>();
        for (LogEntry entry : Logs.read(files, LogLabel.FAULT)) {
            steps.merge(((ListEvent) Logs.event(entry)).uuid(), 1, Integer::sum);
        }
        for (SimAgent agent : agents) {
            steps.forEach((uuid, step) -> {
                if (agent.toldOf(uuid) != step) {
                    throw new AssertionError("agent " + agent.name() + " was told of case " + uuid + " up to step "
                            + agent.toldOf(uuid) + " of " + step);
                }
            });
        }
    }
}

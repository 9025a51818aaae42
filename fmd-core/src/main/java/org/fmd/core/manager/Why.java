// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.Explanation;
import org.fmd.api.Explanation.Question;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/** Asks the engines why a case was diagnosed, or why a problem was not. */
final class Why {
    private final Collection<DiagnosisEngine> engines;
    private final Topology topology;

    Why(Collection<DiagnosisEngine> engines, Topology topology) {
        this.engines = engines;
        this.topology = topology;
    }

    /** @param target a UUID, or {@code CLASS@RESOURCE}: an FMRI, a path such as chassis0/bay3/disk0, a device, or a label */
    Output answer(String target) {
        int at = target.indexOf('@');
        if (at < 0) {
            return ofCase(target);
        }
        Fmri resource = resource(target.substring(at + 1));
        if (at == 0 || resource == null) {
            return new Output.Refused("'" + target.substring(at + 1) + "' names no resource");
        }
        return ask(
                new Question.OfProblem(target.substring(0, at), resource),
                "no module can say why " + target + " was not diagnosed");
    }

    private Output ofCase(String target) {
        try {
            UUID uuid = UUID.fromString(target);
            return ask(new Question.OfCase(uuid), "no module remembers case " + target + ", or there is none");
        } catch (IllegalArgumentException e) {
            return new Output.Refused("'" + target + "' is no case; expected a UUID, or CLASS@RESOURCE");
        }
    }

    private Output ask(Question question, String nobody) {
        for (DiagnosisEngine engine : engines) {
            try {
                Optional<Explanation> answer = engine.explain(question);
                if (answer.isPresent()) {
                    return new Output.Explained(answer.get());
                }
            } catch (RuntimeException | StackOverflowError e) {
                // It can still diagnose.
                return new Output.Refused("module " + engine.info().name() + " failed to explain it: " + e);
            }
        }
        return new Output.Refused(nobody);
    }

    private @Nullable Fmri resource(String text) {
        Optional<Fmri> name = Fmri.parse(text);
        if (name.isPresent()) {
            return name.get();
        }
        Optional<TopoPath> path = TopoPath.parse(text);
        if (path.isPresent()) {
            return path.get().toHc();
        }
        TopoNode node = topology.byDevicePath(text.startsWith("/") ? text : "/dev/" + text);
        if (node == null) {
            node = topology.nodes().stream()
                    .filter(one -> text.equals(one.label()))
                    .findFirst()
                    .orElse(null);
        }
        return node == null ? null : node.resource();
    }
}

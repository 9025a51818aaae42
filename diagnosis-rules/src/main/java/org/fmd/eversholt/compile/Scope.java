// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Map;
import java.util.Objects;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * All that an expression can look at while it is evaluated. What is null is not known yet. One object serves evaluation
 * after evaluation, since constraints are what the engine spends its time on.
 */
final class Scope {
    private @Nullable World world;
    private @Nullable Component center;
    private @Nullable Binding binding;
    private @Nullable Reads reads;
    private @Nullable Map<String, Value> globals;
    private @Nullable NvList payload;
    private @Nullable Effects effects;
    private @Nullable Span place;
    private String problem = "";

    /** While a graph is built nothing has been seen; what is looked at is written down. */
    void build(World newWorld, Component newCenter, Reads newReads) {
        world = newWorld;
        center = newCenter;
        reads = newReads;
        globals = null;
        payload = null;
        effects = null;
        place = null;
    }

    /**
     * While an exercise runs.
     *
     * @param newGlobals the variables of the exercise, which an expression may set
     * @param newPayload what came with the arrow's target, null until that is seen
     * @param newEffects where {@code set...} functions note what they are told; null if they have to wait
     */
    void run(
            World newWorld,
            Component newCenter,
            Map<String, Value> newGlobals,
            @Nullable NvList newPayload,
            @Nullable Effects newEffects) {
        world = newWorld;
        center = newCenter;
        reads = null;
        globals = newGlobals;
        payload = newPayload;
        effects = newEffects;
        place = null;
    }

    /** The next expression belongs to this arrow. Problems of the one before are forgotten. */
    void enter(Binding next) {
        binding = next;
        place = null;
    }

    /** The value as it was when the graph was built; problems are of no interest. */
    Value known(Expression expression) {
        Map<String, Value> nowGlobals = globals;
        NvList nowPayload = payload;
        Effects nowEffects = effects;
        Span nowPlace = place;
        String nowProblem = problem;
        globals = null;
        payload = null;
        effects = null;
        Value value = expression.evaluate(this);
        globals = nowGlobals;
        payload = nowPayload;
        effects = nowEffects;
        place = nowPlace;
        problem = nowProblem;
        return value;
    }

    boolean building() {
        return globals == null;
    }

    Binding binding() {
        return Objects.requireNonNull(binding);
    }

    @Nullable
    Map<String, Value> globals() {
        return globals;
    }

    @Nullable
    NvList payload() {
        return payload;
    }

    @Nullable
    Effects effects() {
        return effects;
    }

    private World world() {
        return Objects.requireNonNull(world);
    }

    /** Whether an operand that is not known hides the other side of {@code &&} and {@code ||} now. */
    boolean unknownHides() {
        return !building() && world().unknownHides();
    }

    /** The full path that a path in the expression stands for; null if a number is not known. */
    @Nullable
    TopoPath resolve(PathPattern path) {
        return binding().resolve(path, Objects.requireNonNull(center));
    }

    boolean isPresent(TopoPath path) {
        return world().tree().at(path) != null;
    }

    /** A property of a component; null if there is no such component or property, or it cannot be seen. */
    @Nullable
    String property(TopoPath path, String name) {
        Component component = world().tree().at(path);
        if (component == null) {
            return null;
        }
        return reads == null ? world().property(component, name) : reads.property(component, name);
    }

    boolean hasFault(TopoPath path, String pattern) {
        Component component = world().tree().at(path);
        if (component == null) {
            return false;
        }
        return reads == null ? world().facts().hasFault(component, pattern) : reads.hasFault(component, pattern);
    }

    long count(String counterClass, TopoPath path) {
        return reads == null ? world().facts().count(counterClass, path) : reads.count(counterClass, path);
    }

    /** Notes a problem, the first one of an expression, and yields the value of what has none. */
    Value undefined(Span where, String what) {
        if (place == null) {
            place = where;
            problem = what;
        }
        return Value.Absent.UNDEFINED;
    }

    /** Whether a problem leaves the expression without an answer; in the reference's dialect any problem does. */
    boolean undecided(Truth truth) {
        return place != null && (truth == Truth.UNDEFINED || !world().dialect().has(Decision.UNDEFINED_PROPAGATES));
    }

    /** Tells of the problem noted, if there is one. */
    void tell(Problems problems) {
        if (place != null) {
            problems.add(place, problem);
        }
    }
}

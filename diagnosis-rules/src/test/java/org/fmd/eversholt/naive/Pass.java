// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.naive.Graph.Answer;
import org.fmd.eversholt.naive.Graph.Arrow;
import org.fmd.eversholt.naive.Graph.Effect;
import org.fmd.eversholt.naive.Graph.Ev;
import org.fmd.eversholt.naive.Graph.Verdict;
import org.fmd.eversholt.syntax.Decision;

/** One evaluation of an exercise (eversholt reference §7.5): the pseudo-code, line by line. */
final class Pass {
    private final Exercise x;
    private final long hesitate;
    private final Set<EventName> trips;

    /** The problems that explain what was seen, in the order they were met. */
    final List<Ev> suspects = new ArrayList<>();

    Pass(Exercise x, long hesitate, Set<EventName> trips) {
        this.x = x;
        this.hesitate = hesitate;
        this.trips = trips;
    }

    Answer evaluate() {
        x.graph.clear();
        return hypothesise(x.e0, 0);
    }

    private boolean ours(Decision decision) {
        return x.world.dialect().has(decision);
    }

    /** Whether an arrow is passable; what is certain stays so. */
    boolean allow(Arrow a) {
        if (early(a)) {
            return false;
        }
        if (a.verdict != null) {
            return a.verdict;
        }
        Object value;
        try {
            value = new Terms(x.world, Terms.When.RUN, a, x.globals, a.to.payload).all();
        } catch (Terms.Stop stop) {
            x.world.errors().accept(stop.span);
            value = 0L;
        }
        if (value == Terms.Unknown.DEFER) {
            return true;
        }
        a.verdict = Terms.isTrue(value);
        return a.verdict;
    }

    /** Ours: the target came before the arrow's time; what all times are counted from never does. */
    private boolean early(Arrow a) {
        return a.minDelay() > 0 && a.to != x.e0 && a.to.seen > 0 && a.to.firstTime - x.first.time() < a.minDelay();
    }

    private long k(Graph.InGroup group) {
        if (group.k instanceof Count.Exactly exactly) {
            return exactly.value();
        }
        return ours(Decision.K_ALL_MEANS_ALL) ? group.built : -1;
    }

    private boolean triggered(Ev e, boolean byEffect) {
        long marked = 0;
        for (Graph.InGroup g : e.in) {
            long before = marked;
            for (Arrow a : g.arrows) {
                marked += (byEffect ? a.effMark : a.reqMark) ? 1 : 0;
            }
            if (marked > before && (all(g) ? marked - before : marked) >= k(g)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the arrows of this group alone count for its K. */
    private boolean all(Graph.InGroup g) {
        return g.k instanceof Count.All && ours(Decision.K_ALL_MEANS_ALL);
    }

    private Answer hypothesise(Ev e, long by) {
        Answer r = obligations(e, by, false);
        if (r.verdict() == Verdict.NO) {
            return Answer.NO;
        }
        Answer o;
        if (e.kind().isProblem()) {
            o = consequences(e);
            if (o.verdict() != Verdict.NO && !suspects.contains(e)) {
                suspects.add(e);
            }
        } else {
            o = explanations(e, by);
        }
        if (o.verdict() == Verdict.NO) {
            return Answer.NO;
        }
        boolean waits = r.verdict() == Verdict.WAIT || o.verdict() == Verdict.WAIT;
        return waits ? Answer.waiting(Math.min(r.wake(), o.wake())) : Answer.YES;
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Answer.NEVER - 1 : sum;
    }

    /** {@code windowed}: some arrow on the way here says how long to wait. */
    private Answer obligations(Ev e, long by, boolean windowed) {
        if (e.req != null) {
            return e.req;
        }
        if (e.kind() == EventKind.EREPORT) {
            long deadline = by;
            if (ours(Decision.UNIFORM_HESITATION) && !windowed) {
                deadline = trips.contains(e.event.name()) ? 0 : hesitate;
            }
            e.req = e.seen > 0 ? Answer.YES : x.waited >= deadline ? Answer.NO : Answer.waiting(deadline);
            return e.req;
        }
        Answer result = Answer.YES;
        for (Graph.OutGroup g : e.out) {
            long n = g.n instanceof Count.Exactly exactly ? exactly.value() : g.arrows.size();
            if (n == 0) {
                continue;
            }
            if (g.live == null) {
                g.live = g.arrows.stream().anyMatch(this::allow);
            }
            long yes = 0;
            long maybe = 0;
            long wait = 0;
            long first = Answer.NEVER;
            for (Arrow a : g.arrows) {
                if (Long.compareUnsigned(yes, n) >= 0) {
                    break;
                }
                if (ours(Decision.COUNT_LIVE_ARROWS) && !allow(a)) {
                    continue;
                }
                a.reqMark = true;
                if (!triggered(a.to, false)) {
                    maybe++;
                    continue;
                }
                Answer target = obligations(a.to, plus(by, a.maxDelay()), windowed || a.windowed());
                switch (target.verdict()) {
                    case YES -> yes++;
                    case MAYBE -> maybe++;
                    case NO -> {}
                    case WAIT -> {
                        wait++;
                        first = Math.min(first, target.wake());
                    }
                }
            }
            if (!g.live && wait == 0) {
                continue;
            }
            if (Long.compareUnsigned(yes + maybe + wait, n) < 0) {
                e.req = Answer.NO;
                return Answer.NO;
            }
            if (Long.compareUnsigned(yes + maybe, n) < 0) {
                result = Answer.waiting(Math.min(result.wake(), first));
            } else if (Long.compareUnsigned(yes, n) < 0 && result.verdict() != Verdict.WAIT) {
                result = Answer.MAYBE;
            }
        }
        if (result.verdict() != Verdict.MAYBE) {
            e.req = result;
        }
        return result;
    }

    private Answer explanations(Ev e, long by) {
        long good = 0;
        long wait = 0;
        long wake = Answer.NEVER;
        boolean enough = false;
        for (Graph.InGroup g : e.in) {
            long before = good + wait;
            for (Arrow a : g.arrows) {
                Answer cause = cause(a, by);
                if (cause.verdict() == Verdict.YES) {
                    good++;
                } else if (cause.verdict() == Verdict.WAIT) {
                    wait++;
                    wake = Math.min(wake, cause.wake());
                }
            }
            boolean here = (all(g) ? good + wait - before : good + wait) >= k(g);
            // In the reference the K of the last group alone counts.
            enough = here || (enough && ours(Decision.REUSE_CAUSE_RESULTS));
        }
        if (!enough) {
            return Answer.NO;
        }
        return wait > 0 ? Answer.waiting(wake) : Answer.YES;
    }

    /** What one cause comes to; each is examined once in a pass. */
    private Answer cause(Arrow a, long by) {
        if ((a.from.tried && !ours(Decision.REUSE_CAUSE_RESULTS)) || !allow(a)) {
            return Answer.NO;
        }
        if (!a.from.tried) {
            a.from.tried = true;
            a.from.result = hypothesise(a.from, by);
        }
        return a.from.result == null ? Answer.NO : a.from.result; // null: it is just being examined, a circle
    }

    private Answer consequences(Ev p) {
        long wake = spread(p, Effect.FULL);
        boolean explained = x.observed.stream().noneMatch(o -> o.eff.isEmpty());
        for (Ev e : x.graph.events.values()) {
            e.keep |= explained && (!e.eff.isEmpty() || e == p);
            e.eff.clear();
        }
        x.graph.arrows.forEach(a -> a.effMark = false);
        if (!explained) {
            return Answer.NO;
        }
        return wake == Answer.NEVER ? Answer.YES : Answer.waiting(wake);
    }

    private long spread(Ev e, Effect mode) {
        long wake = Answer.NEVER;
        for (Arrow a : x.graph.outOf(e)) {
            Ev h = a.to;
            if (h.req != null && h.req.verdict() == Verdict.NO) {
                continue;
            }
            if (h.eff.contains(Effect.WAITING) || h.eff.contains(Effect.FULL)) {
                continue;
            }
            if (mode == Effect.PARENT && h.eff.contains(Effect.PARENT)) {
                continue;
            }
            if (!allow(a)) {
                continue;
            }
            a.effMark = true;
            if (!triggered(h, true)) {
                continue;
            }
            h.eff.remove(Effect.PARENT);
            boolean hesitates =
                    !ours(Decision.UNIFORM_HESITATION) && h.kind() == EventKind.EREPORT && a.maxDelay() == 0;
            Answer r = hesitates ? obligations(h, hesitate, false) : obligations(h, a.maxDelay(), a.windowed());
            if (r.verdict() == Verdict.WAIT) {
                h.eff.add(Effect.WAITING);
                wake = Math.min(wake, r.wake());
                wake = Math.min(wake, spread(h, Effect.PARENT));
            } else if (r.verdict() != Verdict.NO) {
                h.eff.add(mode);
                wake = Math.min(wake, spread(h, mode));
            }
        }
        return wake;
    }
}

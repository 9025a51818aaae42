// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;

/** What is asked about terms in more than one place. */
final class Terms {
    private Terms() {}

    /** The terms that must all hold, those joined by {@code &&} one by one. */
    static List<Term> conjuncts(EventUse use) {
        List<Term> all = new ArrayList<>();
        use.guards().forEach(guard -> split(guard, all));
        return all;
    }

    private static void split(Term term, List<Term> into) {
        if (term instanceof Term.Binary binary && binary.op() == BinaryOp.AND) {
            split(binary.left(), into);
            split(binary.right(), into);
        } else {
            into.add(term);
        }
    }

    /** Whether it reads or sets a variable, so that its answer depends on what else was asked. */
    static boolean remembers(Term term) {
        boolean[] found = new boolean[1];
        term.walk(part -> found[0] |= part instanceof Term.Global || part instanceof Term.Assign);
        return found[0];
    }

    /** The member that a call to a function asks for; empty if the term is no such call. */
    static String member(Term term, Function function) {
        return term instanceof Term.Call call
                        && call.function() == function
                        && call.arguments().get(0) instanceof Term.Text text
                ? text.value()
                : "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written; the empty statement leaves no trace. */
public sealed interface Stmt extends Node {

    /** {@code event CLASS@PATH, properties;}. */
    record EventDecl(EventRef event, List<Property> properties, Span span) implements Stmt {
        public EventDecl {
            properties = List.copyOf(properties);
        }
    }

    /** {@code engine serd.CLASS@PATH, properties;} or {@code engine stat.CLASS@PATH;}. */
    record EngineDecl(EventRef engine, List<Property> properties, Span span) implements Stmt {
        public EngineDecl {
            properties = List.copyOf(properties);
        }
    }

    /** {@code fru PATH;} or {@code asru PATH;}. */
    record UnitDecl(UnitKind kind, Path path, List<Property> properties, Span span) implements Stmt {
        public UnitDecl {
            properties = List.copyOf(properties);
        }
    }

    /** Which declaration a path came from: what a person replaces, or what the system can take out of service. */
    enum UnitKind {
        FRU("fru"),
        ASRU("asru");

        private final String word;

        UnitKind(String word) {
            this.word = word;
        }

        /** The keyword. */
        public String word() {
            return word;
        }
    }

    /**
     * {@code prop} or {@code mask}: columns of events with an arrow between each two neighbours, so
     * {@code columns.size() == arrows.size() + 1} and both are at least 2 and 1.
     */
    record Propagation(boolean mask, List<List<EventRef>> columns, List<Arrow> arrows, Span span) implements Stmt {
        public Propagation {
            columns = columns.stream().map(List::copyOf).toList();
            arrows = List.copyOf(arrows);
            if (arrows.isEmpty() || columns.size() != arrows.size() + 1) {
                throw new IllegalArgumentException(columns.size() + " columns with " + arrows.size() + " arrows");
            }
        }
    }

    /** {@code (n)->(k)}; a count that was not written is null. */
    record Arrow(@Nullable Expr n, @Nullable Expr k, Span span) implements Node {}

    /** {@code config NAME0/NAME1 properties;}. Each component's number is part of its name here. */
    record ConfigDecl(Path path, List<Property> properties, Span span) implements Stmt {
        public ConfigDecl {
            properties = List.copyOf(properties);
        }
    }

    /** {@code if (condition) ...}: the condition never had an effect, see decision Q3. */
    record If(Expr condition, List<Stmt> body, Span span) implements Stmt {
        public If {
            body = List.copyOf(body);
        }
    }
}

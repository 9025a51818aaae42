// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.syntax.EventRef;
import org.fmd.eversholt.syntax.Property;
import org.fmd.eversholt.syntax.Span;

/** An event or engine with all its declarations, while a program is being checked. */
final class Declared {
    /** One declaration and the number of its statement. */
    record Site(EventRef event, List<Property> properties, Span span, int statement) {}

    private final EventName name;
    private final List<Site> sites = new ArrayList<>();
    private boolean used;

    Declared(EventName name) {
        this.name = name;
    }

    EventName name() {
        return name;
    }

    List<Site> sites() {
        return sites;
    }

    Site first() {
        return sites.get(0);
    }

    List<Span> spans() {
        return sites.stream().map(Site::span).toList();
    }

    void markUsed() {
        used = true;
    }

    boolean used() {
        return used;
    }
}

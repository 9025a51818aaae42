// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.fmd.model.event.Ena;
import org.fmd.plugins.kernel.assess.Conclusion.Chain;

/** The ENAs of requests with several attempts: all ereports of one request have the same. Belongs to the reader thread. */
final class Chains {
    /** More requests than can be open at once. */
    private static final int MAX_REMEMBERED = 8192;

    private final Map<Long, Ena> enas = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Ena> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** Returns the ENA of the request, and a new one for an error that stands alone. */
    Ena ena(Chain chain, Supplier<Ena> fresh) {
        return chain.number() == 0 ? fresh.get() : enas.computeIfAbsent(chain.number(), n -> fresh.get());
    }
}

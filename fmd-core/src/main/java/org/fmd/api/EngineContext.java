// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.nio.file.Path;
import org.fmd.model.fmri.Fmri;

/** What a diagnosis engine may ask of the daemon. */
public interface EngineContext extends ModuleContext {

    /** Returns the folder with the rule files. */
    Path rules();

    /**
     * Returns whether the resource has an open fault now whose class matches the pattern ({@code *} as in a subscription; an
     * empty pattern matches all). The answer is part of the daemon's state, so replay gives the same.
     */
    boolean hasFault(Fmri resource, String classPattern);
}

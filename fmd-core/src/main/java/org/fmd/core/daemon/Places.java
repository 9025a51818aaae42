// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is.
 *
 * @param root the root directory that configuration, state and run-time files are below; {@code /} for the host's own daemon
 * @param home the image: jars, modules, rules, texts; null where the modules are on the class path
 * @param rules the folder with the rule files
 * @param dict the folder with dictionaries and texts
 */
public record Places(Path root, @Nullable Path home, Path rules, Path dict) {

    /** Returns the places of an image, for a root directory. */
    public static Places of(Path root, Path home) {
        return new Places(root, home, home.resolve("rules"), home.resolve("dict"));
    }

    public Path conf() {
        return root.resolve("etc/fmd/fmd.conf");
    }

    /** Returns the folder with the logs and all that must survive. */
    public Path state() {
        return root.resolve("var/lib/fmd");
    }

    public Path socket() {
        return socket(root);
    }

    /** Returns the control socket of the daemon that runs in that root directory. */
    public static Path socket(Path root) {
        return root.resolve("run/fmd/fmd.sock");
    }
}

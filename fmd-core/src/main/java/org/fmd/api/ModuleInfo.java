// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.List;

/**
 * What a module says of itself.
 *
 * @param name kebab-case, as in {@code fmadm config} and in the name of its file in {@code conf.d}
 * @param version for instance {@code 1.0}
 * @param description one line
 * @param properties what can be set, in order of the manual
 */
public record ModuleInfo(String name, String version, String description, List<PropertySpec> properties) {

    /** Refuses with {@link IllegalArgumentException} a name that could not be a file's. */
    public ModuleInfo {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a module");
        }
        properties = List.copyOf(properties);
    }
}

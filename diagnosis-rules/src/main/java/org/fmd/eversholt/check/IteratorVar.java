// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

/**
 * An iterator of one statement.
 *
 * @param slot its number in the statement, from 0
 * @param name as written, or {@code disk#0} where invented ({@code disk##0} for a horizontal one): component name
 *     and ordinal among equal names of that path, so that all paths of the statement share it
 */
public record IteratorVar(int slot, String name, boolean invented) {
    @Override
    public String toString() {
        return name;
    }
}

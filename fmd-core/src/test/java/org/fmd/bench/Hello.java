// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

/** The floor of every command: a Java virtual machine that starts, says one line and ends. */
final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

/** A part of the fault manager that is found at start and can fail alone. Providers have a public constructor without parameters. */
public sealed interface FmdModule permits EventSource, TopologySource, DiagnosisEngine, Agent {

    /** Returns what the module says of itself; the same at every call. */
    ModuleInfo info();
}

// SPDX-License-Identifier: Apache-2.0
/**
 * What a module is, and all that a module may see of the daemon.
 *
 * <p>Modules are found by {@link java.util.ServiceLoader} as providers of {@link org.fmd.api.FmdModule}, in the jars of the
 * folders {@code plugins} and {@code agents}. There are four kinds, told apart by their interface:
 *
 * <pre>
 *   EventSource      reads the world on threads of its own, posts ereports; decides nothing
 *   TopologySource   answers with a snapshot of the hardware when asked
 *   DiagnosisEngine  pure and replayable, on the fault-manager thread: an input in, outputs out
 *   Agent            acts on the world, on a worker of its own, and answers each task with an outcome
 * </pre>
 *
 * <p>A module describes itself ({@link org.fmd.api.ModuleInfo}): name, version, typed properties with their defaults. The
 * daemon checks the configuration against that before the module is started, and {@code fmadm config} can show any module
 * without knowing it. A module that throws is marked failed and reported; the daemon and the others live on.
 *
 * <p>One service goes the other way: {@link org.fmd.api.EventHistory}, provided by fmd-core, shows a module's own tools what was
 * logged.
 */
@NullMarked
package org.fmd.api;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The event registry: one table of every class of event that the product posts, concludes or waits for, with its members,
 * and for faults and defects the kind of part, the severity, the message code and whether agents may act.
 *
 * <pre>
 *   events.registry ── RegistryParser ──> Draft... ── RegistryAssembler ──> EventRegistry ─┬─ ClassEntry ── Member
 *     (text, edited         blocks and           families, groups,                         └─ by class, by family
 *      by people)           attributes           what a class must have
 *
 *   proved against it, both ways:   rules    kind, payload members, retire
 *                                   dicts    code, severity
 *                                   payloads names, types, presence        Conformance
 *   made from it:                   esc registry (text, HTML, JSON, JSON Schema), fmd-events(7)
 * </pre>
 *
 * <p><b>Invariants.</b> A class stands in the registry once. Each has a meaning; each fault and defect has a category and says
 * whether it may be retired; a code comes with a severity. A member's name is unique in its class, those of the family
 * included; a member inside a list stands behind its list.
 *
 * <p>A registry with mistakes is refused as a whole, and all of them are told with file, line and remedy. The one in the jar
 * is sound, or a test fails.
 *
 * <p><b>Threads.</b> All values are immutable; {@link org.fmd.model.registry.EventRegistry#shipped} is read once, when
 * somebody first asks for it: the daemon does not. <b>A crash</b> loses nothing.
 */
@NullMarked
package org.fmd.model.registry;

import org.jspecify.annotations.NullMarked;

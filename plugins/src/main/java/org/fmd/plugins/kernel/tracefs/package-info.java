// SPDX-License-Identifier: Apache-2.0
/**
 * The switches of the kernel's tracing: plain files below tracefs, one write for each value.
 *
 * <pre>
 *   /sys/kernel/tracing
 *   ├─ kprobe_events                 our probes, for kernels that tell no sense        SenseProbe, with offsets from Btf
 *   └─ instances/fmd                 our buffer                                        TraceInstance
 *      ├─ events/scsi/…/{format,filter,enable}
 *      └─ per_cpu/cpuN/{trace_pipe_raw,stats}
 * </pre>
 *
 * <p>Nothing is enabled without its filter. The pages themselves are read by whoever polls. A crash leaves the instance behind,
 * and the next start takes it over.
 */
@NullMarked
package org.fmd.plugins.kernel.tracefs;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

/** What one read of the kernel's log was. */
public sealed interface KmsgInput permits KmsgRecord, Malformed {}

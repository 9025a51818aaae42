// SPDX-License-Identifier: Apache-2.0
/** Datagram sockets of the Unix domain, bound to libc by JNA; no more than the system log needs. One owner per socket. */
@NullMarked
package org.fmd.agents.syslog.jna;

import org.jspecify.annotations.NullMarked;

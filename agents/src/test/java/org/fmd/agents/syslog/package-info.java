// SPDX-License-Identifier: Apache-2.0
/** Tests of the syslog agent with real sockets. */
package org.fmd.agents.syslog;

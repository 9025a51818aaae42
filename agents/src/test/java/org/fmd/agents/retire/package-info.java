// SPDX-License-Identifier: Apache-2.0
/** Tests of the retire agent on trees that look like a kernel's. */
package org.fmd.agents.retire;

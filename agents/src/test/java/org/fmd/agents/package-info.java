// SPDX-License-Identifier: Apache-2.0
/** What the tests of all agents share. */
package org.fmd.agents;

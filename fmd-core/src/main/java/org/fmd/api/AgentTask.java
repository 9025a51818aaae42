// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import org.fmd.model.event.ListEvent;

/**
 * A step in the life of a case that an agent may respond to.
 *
 * @param event the step, durable in the fault log
 * @param message what there is to tell people about it
 * @param again whether the agent has been told before, and its answer is journaled
 */
public record AgentTask(ListEvent event, Message message, boolean again) {}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

/**
 * Lines that could not be read; reading goes on behind them.
 *
 * @param line the first of them, from 1
 * @param message what was expected or found
 */
public record TextProblem(long line, String message) implements TextItem {}

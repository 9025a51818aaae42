// SPDX-License-Identifier: Apache-2.0
/**
 * What an event is. Everything below this package is a pure value: no file, no thread, no clock, no native call.
 */
@NullMarked
package org.fmd.model;

import org.jspecify.annotations.NullMarked;

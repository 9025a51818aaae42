// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.fmd.eversholt.eft;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** {@code fmd replay} with the modules, rules and texts of the product: what no module's own tests can see alone. */
package org.fmd.plugins.replay;

// SPDX-License-Identifier: Apache-2.0
/** What the tests of all modules share: fixtures, golden files, sample values. */
package org.fmd.testing;

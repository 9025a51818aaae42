/* SPDX-License-Identifier: Apache-2.0 */

/* What the sample of rules for a bus shares with the program that makes its topology. Directives only, for both. */
#ifndef SAMPLE_BUS_H
#define SAMPLE_BUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Properties of topology nodes. */
#define BUS_PROP_CLASS		"class-code"
#define BUS_PROP_BDF		"bdf"
#define BUS_PROP_CARD		"card"
#define BUS_PROP_DRIVER		"driver"

/* Members of ereports. */
#define BUS_MEMBER_SOURCE	"source-id"
#define BUS_MEMBER_STATUS	"status"
#define BUS_MEMBER_VALID	"source-valid"

/* Bits of the status of uncorrectable errors. */
#define BUS_UE_PROTOCOL		0x10
#define BUS_UE_POISONED		0x1000
#define BUS_UE_TIMEOUT		0x4000
#define BUS_UE_ABORT		0x8000
#define BUS_UE_MALFORMED	0x40000

/* Classes of functions. */
#define BUS_CLASS_STORAGE	0x01
#define BUS_CLASS_NETWORK	0x02
#define BUS_CLASS_BRIDGE	0x0604

#if defined(SAMPLE_BUS_PATIENT) && SAMPLE_BUS_PATIENT > 0
#define BUS_N_CORRECTED		1000
#else
#define BUS_N_CORRECTED		100
#endif

#ifdef __cplusplus
}
#endif

#endif

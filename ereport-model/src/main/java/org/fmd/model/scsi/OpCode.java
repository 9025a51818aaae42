// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands of disks (SPC-6, SBC-5, ZBC-2, SAT-5; obsolete ones as in SBC-2), a row for each operation code and, where
 * it has service actions, one for each of these. A table.
 *
 * <p>A row names the command as T10 does and as Linux kernels print it in {@code CDB:} lines, first the spelling of
 * current kernels, then those of older ones (2.6.18 and later). The kernel takes one table for all device types, so its
 * names may be of a tape's or CD's command: {@code Unmap/Read sub-channel}.
 */
public enum OpCode {
    // name(operation code[, service action], T10's name, access, where its blocks are, kernel's names ...)
    TEST_UNIT_READY(0x00, "TEST UNIT READY", Access.NONE, BlockRange.NONE, "Test Unit Ready"),
    REZERO_UNIT(0x01, "REZERO UNIT", Access.NONE, BlockRange.NONE, "Rezero Unit/Rewind"),
    REQUEST_SENSE(0x03, "REQUEST SENSE", Access.NONE, BlockRange.NONE, "Request Sense"),
    FORMAT_UNIT(0x04, "FORMAT UNIT", Access.WRITE, BlockRange.NONE, "Format Unit/Medium"),
    READ_BLOCK_LIMITS(0x05, "READ BLOCK LIMITS", Access.NONE, BlockRange.NONE, "Read Block Limits"),
    REASSIGN_BLOCKS(0x07, "REASSIGN BLOCKS", Access.WRITE, BlockRange.NONE, "Reassign Blocks", "Reasssign Blocks"),
    READ_6(0x08, "READ(6)", Access.READ, BlockRange.SIX, "Read(6)"),
    WRITE_6(0x0a, "WRITE(6)", Access.WRITE, BlockRange.SIX, "Write(6)"),
    SEEK_6(0x0b, "SEEK(6)", Access.NONE, BlockRange.SIX_POINT, "Seek(6)"),
    INQUIRY(0x12, "INQUIRY", Access.NONE, BlockRange.NONE, "Inquiry"),
    RECOVER_BUFFERED_DATA(0x14, "RECOVER BUFFERED DATA", Access.NONE, BlockRange.NONE, "Recover Buffered Data"),
    MODE_SELECT_6(0x15, "MODE SELECT(6)", Access.NONE, BlockRange.NONE, "Mode Select(6)"),
    RESERVE_6(0x16, "RESERVE(6)", Access.NONE, BlockRange.NONE, "Reserve(6)"),
    RELEASE_6(0x17, "RELEASE(6)", Access.NONE, BlockRange.NONE, "Release(6)"),
    COPY(0x18, "COPY", Access.WRITE, BlockRange.NONE, "Copy"),
    MODE_SENSE_6(0x1a, "MODE SENSE(6)", Access.NONE, BlockRange.NONE, "Mode Sense(6)"),
    START_STOP_UNIT(0x1b, "START STOP UNIT", Access.NONE, BlockRange.NONE, "Start/Stop Unit"),
    RECEIVE_DIAGNOSTIC_RESULTS(0x1c, "RECEIVE DIAGNOSTIC RESULTS", Access.NONE, BlockRange.NONE, "Receive Diagnostic"),
    SEND_DIAGNOSTIC(0x1d, "SEND DIAGNOSTIC", Access.NONE, BlockRange.NONE, "Send Diagnostic"),
    PREVENT_ALLOW_MEDIUM_REMOVAL(
            0x1e, "PREVENT ALLOW MEDIUM REMOVAL", Access.NONE, BlockRange.NONE, "Prevent/Allow Medium Removal"),
    READ_FORMAT_CAPACITIES(0x23, "READ FORMAT CAPACITIES", Access.NONE, BlockRange.NONE, "Read Format Capacities"),
    READ_CAPACITY_10(0x25, "READ CAPACITY(10)", Access.NONE, BlockRange.NONE, "Read Capacity(10)"),
    READ_10(0x28, "READ(10)", Access.READ, BlockRange.TEN, "Read(10)"),
    WRITE_10(0x2a, "WRITE(10)", Access.WRITE, BlockRange.TEN, "Write(10)"),
    SEEK_10(0x2b, "SEEK(10)", Access.NONE, BlockRange.TEN_POINT, "Seek(10)"),
    ERASE_10(0x2c, "ERASE(10)", Access.WRITE, BlockRange.TEN, "Erase(10)"),
    WRITE_AND_VERIFY_10(0x2e, "WRITE AND VERIFY(10)", Access.WRITE, BlockRange.TEN, "Write Verify(10)"),
    VERIFY_10(0x2f, "VERIFY(10)", Access.VERIFY, BlockRange.TEN, "Verify(10)"),
    SEARCH_DATA_HIGH_10(0x30, "SEARCH DATA HIGH(10)", Access.NONE, BlockRange.TEN, "Search High"),
    SEARCH_DATA_EQUAL_10(0x31, "SEARCH DATA EQUAL(10)", Access.NONE, BlockRange.TEN, "Search Equal"),
    SEARCH_DATA_LOW_10(0x32, "SEARCH DATA LOW(10)", Access.NONE, BlockRange.TEN, "Search Low"),
    SET_LIMITS_10(0x33, "SET LIMITS(10)", Access.NONE, BlockRange.TEN, "Set Limits"),
    PRE_FETCH_10(0x34, "PRE-FETCH(10)", Access.NONE, BlockRange.TEN_TO_END, "Prefetch/Read Position"),
    SYNCHRONIZE_CACHE_10(0x35, "SYNCHRONIZE CACHE(10)", Access.FLUSH, BlockRange.TEN_TO_END, "Synchronize Cache(10)"),
    LOCK_UNLOCK_CACHE_10(0x36, "LOCK UNLOCK CACHE(10)", Access.NONE, BlockRange.TEN_TO_END, "Lock/Unlock Cache(10)"),
    READ_DEFECT_DATA_10(0x37, "READ DEFECT DATA(10)", Access.NONE, BlockRange.NONE, "Read Defect Data(10)"),
    COMPARE(0x39, "COMPARE", Access.NONE, BlockRange.NONE, "Compare"),
    COPY_AND_VERIFY(0x3a, "COPY AND VERIFY", Access.WRITE, BlockRange.NONE, "Copy Verify"),
    WRITE_BUFFER(0x3b, "WRITE BUFFER", Access.NONE, BlockRange.NONE, "Write Buffer"),
    READ_BUFFER_10(0x3c, "READ BUFFER(10)", Access.NONE, BlockRange.NONE, "Read Buffer"),
    READ_LONG_10(0x3e, "READ LONG(10)", Access.READ, BlockRange.TEN_ONE_BLOCK, "Read Long(10)"),
    WRITE_LONG_10(0x3f, "WRITE LONG(10)", Access.WRITE, BlockRange.TEN_ONE_BLOCK, "Write Long(10)"),
    CHANGE_DEFINITION(0x40, "CHANGE DEFINITION", Access.NONE, BlockRange.NONE, "Change Definition"),
    WRITE_SAME_10(0x41, "WRITE SAME(10)", Access.WRITE, BlockRange.TEN_TO_END, "Write Same(10)"),
    UNMAP(0x42, "UNMAP", Access.WRITE, BlockRange.NONE, "Unmap/Read sub-channel", "Read sub-channel"),
    SANITIZE(
            0x48,
            "SANITIZE",
            Access.WRITE,
            BlockRange.NONE,
            "Sanitize/Play audio track/index",
            "Play audio track/index"),
    SANITIZE_OVERWRITE(0x48, 0x01, "SANITIZE, OVERWRITE", Access.WRITE, BlockRange.NONE),
    SANITIZE_BLOCK_ERASE(0x48, 0x02, "SANITIZE, BLOCK ERASE", Access.WRITE, BlockRange.NONE),
    SANITIZE_CRYPTOGRAPHIC_ERASE(0x48, 0x03, "SANITIZE, CRYPTOGRAPHIC ERASE", Access.WRITE, BlockRange.NONE),
    SANITIZE_EXIT_FAILURE_MODE(0x48, 0x1f, "SANITIZE, EXIT FAILURE MODE", Access.NONE, BlockRange.NONE),
    LOG_SELECT(0x4c, "LOG SELECT", Access.NONE, BlockRange.NONE, "Log Select"),
    LOG_SENSE(0x4d, "LOG SENSE", Access.NONE, BlockRange.NONE, "Log Sense"),
    XDWRITE_10(0x50, "XDWRITE(10)", Access.WRITE, BlockRange.TEN, "Xdwrite"),
    XPWRITE_10(0x51, "XPWRITE(10)", Access.WRITE, BlockRange.TEN, "Xpwrite, Read disk info"),
    XDREAD_10(0x52, "XDREAD(10)", Access.READ, BlockRange.TEN, "Xdread, Read track info"),
    XDWRITEREAD_10(0x53, "XDWRITEREAD(10)", Access.WRITE, BlockRange.TEN, "Reserve track"),
    MODE_SELECT_10(0x55, "MODE SELECT(10)", Access.NONE, BlockRange.NONE, "Mode Select(10)"),
    RESERVE_10(0x56, "RESERVE(10)", Access.NONE, BlockRange.NONE, "Reserve(10)"),
    RELEASE_10(0x57, "RELEASE(10)", Access.NONE, BlockRange.NONE, "Release(10)"),
    MODE_SENSE_10(0x5a, "MODE SENSE(10)", Access.NONE, BlockRange.NONE, "Mode Sense(10)"),
    PERSISTENT_RESERVE_IN(0x5e, "PERSISTENT RESERVE IN", Access.NONE, BlockRange.NONE, "Persistent reserve in"),
    PERSISTENT_RESERVE_IN_READ_KEYS(
            0x5e,
            0x00,
            "PERSISTENT RESERVE IN, READ KEYS",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve in, read keys"),
    PERSISTENT_RESERVE_IN_READ_RESERVATION(
            0x5e,
            0x01,
            "PERSISTENT RESERVE IN, READ RESERVATION",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve in, read reservation"),
    PERSISTENT_RESERVE_IN_REPORT_CAPABILITIES(
            0x5e,
            0x02,
            "PERSISTENT RESERVE IN, REPORT CAPABILITIES",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve in, report capabilities"),
    PERSISTENT_RESERVE_IN_READ_FULL_STATUS(
            0x5e,
            0x03,
            "PERSISTENT RESERVE IN, READ FULL STATUS",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve in, read full status"),
    PERSISTENT_RESERVE_OUT(0x5f, "PERSISTENT RESERVE OUT", Access.NONE, BlockRange.NONE, "Persistent reserve out"),
    PERSISTENT_RESERVE_OUT_REGISTER(
            0x5f,
            0x00,
            "PERSISTENT RESERVE OUT, REGISTER",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, register"),
    PERSISTENT_RESERVE_OUT_RESERVE(
            0x5f,
            0x01,
            "PERSISTENT RESERVE OUT, RESERVE",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, reserve"),
    PERSISTENT_RESERVE_OUT_RELEASE(
            0x5f,
            0x02,
            "PERSISTENT RESERVE OUT, RELEASE",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, release"),
    PERSISTENT_RESERVE_OUT_CLEAR(
            0x5f, 0x03, "PERSISTENT RESERVE OUT, CLEAR", Access.NONE, BlockRange.NONE, "Persistent reserve out, clear"),
    PERSISTENT_RESERVE_OUT_PREEMPT(
            0x5f,
            0x04,
            "PERSISTENT RESERVE OUT, PREEMPT",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, preempt"),
    PERSISTENT_RESERVE_OUT_PREEMPT_AND_ABORT(
            0x5f,
            0x05,
            "PERSISTENT RESERVE OUT, PREEMPT AND ABORT",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, preempt and abort"),
    PERSISTENT_RESERVE_OUT_REGISTER_AND_IGNORE(
            0x5f,
            0x06,
            "PERSISTENT RESERVE OUT, REGISTER AND IGNORE EXISTING KEY",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, register and ignore existing key"),
    PERSISTENT_RESERVE_OUT_REGISTER_AND_MOVE(
            0x5f,
            0x07,
            "PERSISTENT RESERVE OUT, REGISTER AND MOVE",
            Access.NONE,
            BlockRange.NONE,
            "Persistent reserve out, register and move"),
    PERSISTENT_RESERVE_OUT_REPLACE_LOST(
            0x5f, 0x08, "PERSISTENT RESERVE OUT, REPLACE LOST RESERVATION", Access.NONE, BlockRange.NONE),
    EXTENDED_CDB(0x7e, "EXTENDED CDB", Access.NONE, BlockRange.NONE, "Extended CDB"),
    VARIABLE_LENGTH(0x7f, "VARIABLE LENGTH", Access.NONE, BlockRange.NONE, "Variable length"),
    REBUILD_32(0x7f, 0x0001, "REBUILD(32)", Access.WRITE, BlockRange.NONE, "Rebuild(32)"),
    REGENERATE_32(0x7f, 0x0002, "REGENERATE(32)", Access.WRITE, BlockRange.NONE, "Regenerate(32)"),
    XDREAD_32(0x7f, 0x0003, "XDREAD(32)", Access.READ, BlockRange.THIRTY_TWO, "Xdread(32)"),
    XDWRITE_32(0x7f, 0x0004, "XDWRITE(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Xdwrite(32)"),
    XDWRITE_EXTENDED_32(
            0x7f, 0x0005, "XDWRITE EXTENDED(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Xdwrite extended(32)"),
    XPWRITE_32(0x7f, 0x0006, "XPWRITE(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Xpwrite(32)"),
    XDWRITEREAD_32(0x7f, 0x0007, "XDWRITEREAD(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Xdwriteread(32)"),
    XDWRITE_EXTENDED_64(0x7f, 0x0008, "XDWRITE EXTENDED(64)", Access.WRITE, BlockRange.NONE, "Xdwrite extended(64)"),
    READ_32(0x7f, 0x0009, "READ(32)", Access.READ, BlockRange.THIRTY_TWO, "Read(32)"),
    VERIFY_32(0x7f, 0x000a, "VERIFY(32)", Access.VERIFY, BlockRange.THIRTY_TWO, "Verify(32)"),
    WRITE_32(0x7f, 0x000b, "WRITE(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Write(32)"),
    WRITE_AND_VERIFY_32(
            0x7f, 0x000c, "WRITE AND VERIFY(32)", Access.WRITE, BlockRange.THIRTY_TWO, "Write an verify(32)"),
    WRITE_SAME_32(0x7f, 0x000d, "WRITE SAME(32)", Access.WRITE, BlockRange.THIRTY_TWO_TO_END, "Write same(32)"),
    ORWRITE_32(0x7f, 0x000e, "ORWRITE(32)", Access.WRITE, BlockRange.THIRTY_TWO),
    WRITE_ATOMIC_32(0x7f, 0x000f, "WRITE ATOMIC(32)", Access.WRITE, BlockRange.THIRTY_TWO),
    WRITE_STREAM_32(0x7f, 0x0010, "WRITE STREAM(32)", Access.WRITE, BlockRange.THIRTY_TWO),
    WRITE_SCATTERED_32(0x7f, 0x0011, "WRITE SCATTERED(32)", Access.WRITE, BlockRange.NONE),
    GET_LBA_STATUS_32(0x7f, 0x0012, "GET LBA STATUS(32)", Access.NONE, BlockRange.THIRTY_TWO_POINT),
    ATA_PASS_THROUGH_32(0x7f, 0x1ff0, "ATA PASS-THROUGH(32)", Access.NONE, BlockRange.NONE),
    XDWRITE_EXTENDED_16(0x80, "XDWRITE EXTENDED(16)", Access.WRITE, BlockRange.SIXTEEN_EXTENDED, "Xdwrite(16)"),
    REBUILD_16(0x81, "REBUILD(16)", Access.WRITE, BlockRange.NONE, "Rebuild(16)"),
    REGENERATE_16(0x82, "REGENERATE(16)", Access.WRITE, BlockRange.NONE, "Regenerate(16)"),
    THIRD_PARTY_COPY_OUT(0x83, "THIRD-PARTY COPY OUT", Access.WRITE, BlockRange.NONE, "Third party copy out"),
    EXTENDED_COPY_LID1(
            0x83, 0x00, "EXTENDED COPY(LID1)", Access.WRITE, BlockRange.NONE, "Extended copy(LID1)", "Extended copy"),
    EXTENDED_COPY(0x83, 0x01, "EXTENDED COPY(LID4)", Access.WRITE, BlockRange.NONE, "Extended copy(LID4)"),
    POPULATE_TOKEN(0x83, 0x10, "POPULATE TOKEN", Access.NONE, BlockRange.NONE, "Populate token"),
    WRITE_USING_TOKEN(0x83, 0x11, "WRITE USING TOKEN", Access.WRITE, BlockRange.NONE, "Write using token"),
    COPY_OPERATION_ABORT(0x83, 0x1c, "COPY OPERATION ABORT", Access.NONE, BlockRange.NONE, "Copy operation abort"),
    THIRD_PARTY_COPY_IN(
            0x84, "THIRD-PARTY COPY IN", Access.NONE, BlockRange.NONE, "Third party copy in", "Receive copy results"),
    RECEIVE_COPY_STATUS_LID1(
            0x84, 0x00, "RECEIVE COPY STATUS(LID1)", Access.NONE, BlockRange.NONE, "Receive copy status(LID1)"),
    RECEIVE_COPY_DATA_LID1(
            0x84, 0x01, "RECEIVE COPY DATA(LID1)", Access.NONE, BlockRange.NONE, "Receive copy data(LID1)"),
    RECEIVE_COPY_OPERATING_PARAMETERS(
            0x84,
            0x03,
            "RECEIVE COPY OPERATING PARAMETERS",
            Access.NONE,
            BlockRange.NONE,
            "Receive copy operating parameters"),
    RECEIVE_COPY_FAILURE_DETAILS_LID1(
            0x84,
            0x04,
            "RECEIVE COPY FAILURE DETAILS(LID1)",
            Access.NONE,
            BlockRange.NONE,
            "Receive copy failure details(LID1)"),
    RECEIVE_COPY_STATUS(
            0x84, 0x05, "RECEIVE COPY STATUS(LID4)", Access.NONE, BlockRange.NONE, "Receive copy status(LID4)"),
    RECEIVE_COPY_DATA(0x84, 0x06, "RECEIVE COPY DATA(LID4)", Access.NONE, BlockRange.NONE, "Receive copy data(LID4)"),
    RECEIVE_ROD_TOKEN_INFORMATION(
            0x84, 0x07, "RECEIVE ROD TOKEN INFORMATION", Access.NONE, BlockRange.NONE, "Receive ROD token information"),
    REPORT_ALL_ROD_TOKENS(0x84, 0x08, "REPORT ALL ROD TOKENS", Access.NONE, BlockRange.NONE, "Report all ROD tokens"),
    ATA_PASS_THROUGH_16(0x85, "ATA PASS-THROUGH(16)", Access.NONE, BlockRange.NONE, "ATA command pass through(16)"),
    ACCESS_CONTROL_IN(0x86, "ACCESS CONTROL IN", Access.NONE, BlockRange.NONE, "Access control in"),
    ACCESS_CONTROL_OUT(0x87, "ACCESS CONTROL OUT", Access.NONE, BlockRange.NONE, "Access control out"),
    READ_16(0x88, "READ(16)", Access.READ, BlockRange.SIXTEEN, "Read(16)"),
    COMPARE_AND_WRITE(
            0x89,
            "COMPARE AND WRITE",
            Access.WRITE,
            BlockRange.SIXTEEN_OCTET_COUNT,
            "Compare and Write",
            "Memory Export Out(16)"),
    WRITE_16(0x8a, "WRITE(16)", Access.WRITE, BlockRange.SIXTEEN, "Write(16)"),
    ORWRITE_16(0x8b, "ORWRITE(16)", Access.WRITE, BlockRange.SIXTEEN, "ORWrite"),
    READ_ATTRIBUTE(0x8c, "READ ATTRIBUTE", Access.NONE, BlockRange.NONE, "Read attributes"),
    WRITE_ATTRIBUTE(0x8d, "WRITE ATTRIBUTE", Access.NONE, BlockRange.NONE, "Write attributes"),
    WRITE_AND_VERIFY_16(0x8e, "WRITE AND VERIFY(16)", Access.WRITE, BlockRange.SIXTEEN, "Write and verify(16)"),
    VERIFY_16(0x8f, "VERIFY(16)", Access.VERIFY, BlockRange.SIXTEEN, "Verify(16)"),
    PRE_FETCH_16(0x90, "PRE-FETCH(16)", Access.NONE, BlockRange.SIXTEEN_TO_END, "Pre-fetch(16)"),
    SYNCHRONIZE_CACHE_16(
            0x91, "SYNCHRONIZE CACHE(16)", Access.FLUSH, BlockRange.SIXTEEN_TO_END, "Synchronize cache(16)"),
    LOCK_UNLOCK_CACHE_16(
            0x92, "LOCK UNLOCK CACHE(16)", Access.NONE, BlockRange.SIXTEEN_TO_END, "Lock/unlock cache(16)"),
    WRITE_SAME_16(0x93, "WRITE SAME(16)", Access.WRITE, BlockRange.SIXTEEN_TO_END, "Write same(16)"),
    ZBC_OUT(0x94, "ZBC OUT", Access.NONE, BlockRange.SIXTEEN_POINT),
    CLOSE_ZONE(0x94, 0x01, "CLOSE ZONE", Access.NONE, BlockRange.SIXTEEN_POINT),
    FINISH_ZONE(0x94, 0x02, "FINISH ZONE", Access.NONE, BlockRange.SIXTEEN_POINT),
    OPEN_ZONE(0x94, 0x03, "OPEN ZONE", Access.NONE, BlockRange.SIXTEEN_POINT),
    RESET_WRITE_POINTER(0x94, 0x04, "RESET WRITE POINTER", Access.WRITE, BlockRange.SIXTEEN_POINT),
    SEQUENTIALIZE_ZONE(0x94, 0x10, "SEQUENTIALIZE ZONE", Access.NONE, BlockRange.SIXTEEN_POINT),
    ZBC_IN(0x95, "ZBC IN", Access.NONE, BlockRange.SIXTEEN_POINT),
    REPORT_ZONES(0x95, 0x00, "REPORT ZONES", Access.NONE, BlockRange.SIXTEEN_POINT),
    REPORT_REALMS(0x95, 0x06, "REPORT REALMS", Access.NONE, BlockRange.SIXTEEN_POINT),
    REPORT_ZONE_DOMAINS(0x95, 0x07, "REPORT ZONE DOMAINS", Access.NONE, BlockRange.SIXTEEN_POINT),
    ZONE_ACTIVATE(0x95, 0x08, "ZONE ACTIVATE", Access.NONE, BlockRange.SIXTEEN_POINT),
    ZONE_QUERY(0x95, 0x09, "ZONE QUERY", Access.NONE, BlockRange.SIXTEEN_POINT),
    WRITE_STREAM_16(0x9a, "WRITE STREAM(16)", Access.WRITE, BlockRange.SIXTEEN_SHORT_COUNT),
    READ_BUFFER_16(0x9b, "READ BUFFER(16)", Access.NONE, BlockRange.NONE),
    WRITE_ATOMIC_16(0x9c, "WRITE ATOMIC(16)", Access.WRITE, BlockRange.SIXTEEN_SHORT_COUNT),
    SERVICE_ACTION_BIDIRECTIONAL(
            0x9d, "SERVICE ACTION BIDIRECTIONAL", Access.NONE, BlockRange.NONE, "Service action bidirectional"),
    SERVICE_ACTION_IN_16(0x9e, "SERVICE ACTION IN(16)", Access.NONE, BlockRange.NONE, "Service action in(16)"),
    RECEIVE_BINDING_REPORT(0x9e, 0x0f, "RECEIVE BINDING REPORT", Access.NONE, BlockRange.NONE),
    READ_CAPACITY_16(0x9e, 0x10, "READ CAPACITY(16)", Access.NONE, BlockRange.NONE, "Read capacity(16)"),
    READ_LONG_16(0x9e, 0x11, "READ LONG(16)", Access.READ, BlockRange.SIXTEEN_ONE_BLOCK, "Read long(16)"),
    GET_LBA_STATUS_16(0x9e, 0x12, "GET LBA STATUS(16)", Access.NONE, BlockRange.SIXTEEN_POINT, "Get LBA status"),
    REPORT_REFERRALS(0x9e, 0x13, "REPORT REFERRALS", Access.NONE, BlockRange.SIXTEEN_POINT, "Report referrals"),
    STREAM_CONTROL(0x9e, 0x14, "STREAM CONTROL", Access.NONE, BlockRange.NONE),
    BACKGROUND_CONTROL(0x9e, 0x15, "BACKGROUND CONTROL", Access.NONE, BlockRange.NONE),
    GET_STREAM_STATUS(0x9e, 0x16, "GET STREAM STATUS", Access.NONE, BlockRange.NONE),
    GET_PHYSICAL_ELEMENT_STATUS(0x9e, 0x17, "GET PHYSICAL ELEMENT STATUS", Access.NONE, BlockRange.NONE),
    REMOVE_ELEMENT_AND_TRUNCATE(0x9e, 0x18, "REMOVE ELEMENT AND TRUNCATE", Access.WRITE, BlockRange.NONE),
    RESTORE_ELEMENTS_AND_REBUILD(0x9e, 0x19, "RESTORE ELEMENTS AND REBUILD", Access.WRITE, BlockRange.NONE),
    REMOVE_ELEMENT_AND_MODIFY_ZONES(0x9e, 0x1a, "REMOVE ELEMENT AND MODIFY ZONES", Access.WRITE, BlockRange.NONE),
    SERVICE_ACTION_OUT_16(0x9f, "SERVICE ACTION OUT(16)", Access.NONE, BlockRange.NONE, "Service action out(16)"),
    TEST_BIND(0x9f, 0x0b, "TEST BIND", Access.NONE, BlockRange.NONE),
    PREPARE_BIND_REPORT(0x9f, 0x0c, "PREPARE BIND REPORT", Access.NONE, BlockRange.NONE),
    SET_AFFILIATION(0x9f, 0x0d, "SET AFFILIATION", Access.NONE, BlockRange.NONE),
    BIND(0x9f, 0x0e, "BIND", Access.NONE, BlockRange.NONE),
    UNBIND(0x9f, 0x0f, "UNBIND", Access.NONE, BlockRange.NONE),
    WRITE_LONG_16(0x9f, 0x11, "WRITE LONG(16)", Access.WRITE, BlockRange.SIXTEEN_ONE_BLOCK, "Write long(16)"),
    WRITE_SCATTERED_16(0x9f, 0x12, "WRITE SCATTERED(16)", Access.WRITE, BlockRange.NONE),
    REPORT_LUNS(0xa0, "REPORT LUNS", Access.NONE, BlockRange.NONE, "Report luns"),
    ATA_PASS_THROUGH_12(
            0xa1, "ATA PASS-THROUGH(12)", Access.NONE, BlockRange.NONE, "ATA command pass through(12)/Blank"),
    SECURITY_PROTOCOL_IN(0xa2, "SECURITY PROTOCOL IN", Access.NONE, BlockRange.NONE, "Security protocol in"),
    MAINTENANCE_IN(0xa3, "MAINTENANCE IN", Access.NONE, BlockRange.NONE, "Maintenance in"),
    REPORT_IDENTIFYING_INFORMATION(
            0xa3,
            0x05,
            "REPORT IDENTIFYING INFORMATION",
            Access.NONE,
            BlockRange.NONE,
            "Report identifying information",
            "Report device identifier"),
    REPORT_TARGET_PORT_GROUPS(
            0xa3, 0x0a, "REPORT TARGET PORT GROUPS", Access.NONE, BlockRange.NONE, "Report target port groups"),
    REPORT_ALIASES(0xa3, 0x0b, "REPORT ALIASES", Access.NONE, BlockRange.NONE, "Report aliases"),
    REPORT_SUPPORTED_OPERATION_CODES(
            0xa3,
            0x0c,
            "REPORT SUPPORTED OPERATION CODES",
            Access.NONE,
            BlockRange.NONE,
            "Report supported operation codes"),
    REPORT_SUPPORTED_TASK_MANAGEMENT(
            0xa3,
            0x0d,
            "REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS",
            Access.NONE,
            BlockRange.NONE,
            "Report supported task management functions"),
    REPORT_PRIORITY(0xa3, 0x0e, "REPORT PRIORITY", Access.NONE, BlockRange.NONE, "Report priority"),
    REPORT_TIMESTAMP(0xa3, 0x0f, "REPORT TIMESTAMP", Access.NONE, BlockRange.NONE, "Report timestamp"),
    MANAGEMENT_PROTOCOL_IN(
            0xa3, 0x10, "MANAGEMENT PROTOCOL IN", Access.NONE, BlockRange.NONE, "Management protocol in"),
    REPORT_PROVISIONING_PATTERN(0xa3, 0x1d, "REPORT PROVISIONING INITIALIZATION PATTERN", Access.NONE, BlockRange.NONE),
    MAINTENANCE_OUT(0xa4, "MAINTENANCE OUT", Access.NONE, BlockRange.NONE, "Maintenance out"),
    SET_IDENTIFYING_INFORMATION(
            0xa4,
            0x06,
            "SET IDENTIFYING INFORMATION",
            Access.NONE,
            BlockRange.NONE,
            "Set identifying information",
            "Set device identifier"),
    SET_TARGET_PORT_GROUPS(
            0xa4, 0x0a, "SET TARGET PORT GROUPS", Access.NONE, BlockRange.NONE, "Set target port groups"),
    CHANGE_ALIASES(0xa4, 0x0b, "CHANGE ALIASES", Access.NONE, BlockRange.NONE, "Change aliases"),
    REMOVE_I_T_NEXUS(0xa4, 0x0c, "REMOVE I_T NEXUS", Access.NONE, BlockRange.NONE, "Remove I_T nexus"),
    SET_PRIORITY(0xa4, 0x0e, "SET PRIORITY", Access.NONE, BlockRange.NONE, "Set priority"),
    SET_TIMESTAMP(0xa4, 0x0f, "SET TIMESTAMP", Access.NONE, BlockRange.NONE, "Set timestamp"),
    MANAGEMENT_PROTOCOL_OUT(
            0xa4, 0x10, "MANAGEMENT PROTOCOL OUT", Access.NONE, BlockRange.NONE, "Management protocol out"),
    READ_12(0xa8, "READ(12)", Access.READ, BlockRange.TWELVE, "Read(12)"),
    SERVICE_ACTION_OUT_12(0xa9, "SERVICE ACTION OUT(12)", Access.NONE, BlockRange.NONE, "Play track relative(12)"),
    WRITE_12(0xaa, "WRITE(12)", Access.WRITE, BlockRange.TWELVE, "Write(12)"),
    SERVICE_ACTION_IN_12(0xab, "SERVICE ACTION IN(12)", Access.NONE, BlockRange.NONE),
    READ_MEDIA_SERIAL_NUMBER(
            0xab, 0x01, "READ MEDIA SERIAL NUMBER", Access.NONE, BlockRange.NONE, "Read media serial number"),
    WRITE_AND_VERIFY_12(0xae, "WRITE AND VERIFY(12)", Access.WRITE, BlockRange.TWELVE, "Write and verify(12)"),
    VERIFY_12(0xaf, "VERIFY(12)", Access.VERIFY, BlockRange.TWELVE, "Verify(12)"),
    SEARCH_DATA_HIGH_12(0xb0, "SEARCH DATA HIGH(12)", Access.NONE, BlockRange.TWELVE, "Search data high(12)"),
    SEARCH_DATA_EQUAL_12(0xb1, "SEARCH DATA EQUAL(12)", Access.NONE, BlockRange.TWELVE, "Search data equal(12)"),
    SEARCH_DATA_LOW_12(0xb2, "SEARCH DATA LOW(12)", Access.NONE, BlockRange.TWELVE, "Search data low(12)"),
    SET_LIMITS_12(0xb3, "SET LIMITS(12)", Access.NONE, BlockRange.TWELVE, "Set limits(12)"),
    SECURITY_PROTOCOL_OUT(0xb5, "SECURITY PROTOCOL OUT", Access.NONE, BlockRange.NONE, "Security protocol out"),
    READ_DEFECT_DATA_12(0xb7, "READ DEFECT DATA(12)", Access.NONE, BlockRange.NONE, "Read defect data(12)"),
    REDUNDANCY_GROUP_IN(0xba, "REDUNDANCY GROUP IN", Access.NONE, BlockRange.NONE, "Redundancy group (in), Scan"),
    REDUNDANCY_GROUP_OUT(
            0xbb, "REDUNDANCY GROUP OUT", Access.NONE, BlockRange.NONE, "Redundancy group (out), Set cd-rom speed"),
    SPARE_IN(0xbc, "SPARE IN", Access.NONE, BlockRange.NONE, "Spare (in), Play cd"),
    SPARE_OUT(0xbd, "SPARE OUT", Access.NONE, BlockRange.NONE, "Spare (out), Mechanism status"),
    VOLUME_SET_IN(0xbe, "VOLUME SET IN", Access.NONE, BlockRange.NONE, "Volume set (in), Read cd"),
    VOLUME_SET_OUT(0xbf, "VOLUME SET OUT", Access.NONE, BlockRange.NONE, "Volume set (out), Send DVD structure");

    /** What a command does to the data of users on the medium. */
    public enum Access {
        /** Brings data from the medium to the host. */
        READ,
        /** Changes data on the medium, or discards it; includes writing and then verifying. */
        WRITE,
        /** Checks data on the medium without transferring it from there. */
        VERIFY,
        /** Brings cached writes to the medium. */
        FLUSH,
        /** Neither. */
        NONE
    }

    private static final int ANY = -1;
    private static final Pattern NUMBERED = Pattern.compile(
            "(?:opcode|cdb\\[0\\])=0x([0-9a-f]{1,2})(?: \\((?:vendor|reserved)\\))?(?:, sa=0x([0-9a-f]{1,4}))?");
    private static final Pattern NAMED = Pattern.compile("(.*), sa=0x([0-9a-f]{1,4})");

    private static final class Index {
        static final Map<Integer, OpCode> BY_NUMBER = new HashMap<>();
        static final Map<String, OpCode> BY_NAME = new HashMap<>();

        static {
            for (OpCode op : values()) {
                BY_NUMBER.put(number(op.opcode, op.serviceAction), op);
                for (String name : op.spellings()) {
                    BY_NAME.put(letters(name), op);
                }
            }
        }

        private Index() {}

        static int number(int opcode, int serviceAction) {
            return (opcode << 17) | (serviceAction + 1);
        }
    }

    private final int opcode;
    private final int serviceAction;
    private final String t10;
    private final Access access;
    private final BlockRange range;

    private final List<String> kernelNames;

    OpCode(int opcode, String t10, Access access, BlockRange range, String... kernelNames) {
        this(opcode, ANY, t10, access, range, kernelNames);
    }

    OpCode(int opcode, int serviceAction, String t10, Access access, BlockRange range, String... kernelNames) {
        this.opcode = opcode;
        this.serviceAction = serviceAction;
        this.t10 = t10;
        this.access = access;
        this.range = range;
        this.kernelNames = List.of(kernelNames);
    }

    /** The command with this operation code, 0 to 255, if it has no service actions or none is known of this one. */
    public static Optional<OpCode> of(int opcode) {
        return Optional.ofNullable(Index.BY_NUMBER.get(Index.number(opcode, ANY)));
    }

    /** The command with this operation code and service action; for an unassigned action the operation code's row. */
    public static Optional<OpCode> of(int opcode, int serviceAction) {
        OpCode exact = Index.BY_NUMBER.get(Index.number(opcode, serviceAction));
        return exact != null ? Optional.of(exact) : of(opcode);
    }

    /**
     * The command a kernel message names: by a name that any kernel uses or T10's, letter case, blanks and punctuation
     * aside ({@code Read(10)}, {@code Read (10)}), or by number ({@code opcode=0x28}, {@code Service action in(16),
     * sa=0x14}).
     *
     * @return empty for a name or a number that no disk command has
     */
    public static Optional<OpCode> parse(String name) {
        String text = name.strip().toLowerCase(Locale.ROOT);
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            int opcode = Integer.parseInt(numbered.group(1), 16);
            return numbered.group(2) == null ? of(opcode) : of(opcode, Integer.parseInt(numbered.group(2), 16));
        }
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            int action = Integer.parseInt(named.group(2), 16);
            return Optional.ofNullable(Index.BY_NAME.get(letters(named.group(1))))
                    .flatMap(op -> of(op.opcode, action));
        }
        return Optional.ofNullable(Index.BY_NAME.get(letters(text)));
    }

    /** Whether commands with this operation code are told apart by a service action. */
    static boolean hasServiceActions(int opcode) {
        return switch (opcode) {
            case 0x48, 0x5e, 0x5f, 0x7f, 0x83, 0x84, 0x86, 0x87, 0x8c -> true;
            case 0x94, 0x95, 0x9d, 0x9e, 0x9f, 0xa3, 0xa4, 0xa9, 0xab -> true;
            default -> false;
        };
    }

    /** The operation code, 0 to 255: payload member {@code op-code}. */
    public int opcode() {
        return opcode;
    }

    /** The service action, if this row is for one. */
    public OptionalInt serviceAction() {
        return serviceAction == ANY ? OptionalInt.empty() : OptionalInt.of(serviceAction);
    }

    /** T10's name: {@code READ CAPACITY(16)}. */
    public String t10Name() {
        return t10;
    }

    /** What current kernels print for it: {@code Read(10)}, {@code Service action in(16), sa=0x14}, {@code opcode=0x9c}. */
    public String kernelName() {
        if (!kernelNames.isEmpty()) {
            return kernelNames.get(0);
        }
        String group = of(opcode)
                .filter(op -> op != this)
                .map(OpCode::kernelName)
                .orElse(String.format("opcode=0x%x", opcode));
        boolean actionShown = serviceAction != ANY && kernelTellsActions(opcode);
        return actionShown ? String.format("%s, sa=0x%x", group, serviceAction) : group;
    }

    /** Where the kernel has names for service actions, it prints the number of an action without one. */
    private static boolean kernelTellsActions(int opcode) {
        return switch (opcode) {
            case 0x5e, 0x5f, 0x7f, 0x83, 0x84, 0x9d, 0x9e, 0x9f, 0xa3, 0xa4, 0xa9, 0xab -> true;
            default -> false;
        };
    }

    /** Every spelling that leads here. */
    List<String> spellings() {
        List<String> all = new ArrayList<>(kernelNames);
        all.add(t10);
        return all;
    }

    /** What it does to data on the medium. */
    public Access access() {
        return access;
    }

    /** Where its CDB keeps address and count. */
    BlockRange range() {
        return range;
    }

    private static String letters(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    @Override
    public String toString() {
        return t10;
    }
}

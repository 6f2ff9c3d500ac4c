package dev.penstock.rules;

/** One of whose findings some are {@linkplain Findings#early() early}: it is asked when defaults are filled in, too. */
interface EarlyValidation extends Validation {}

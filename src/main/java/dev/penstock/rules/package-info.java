/**
 * What Penstock fills in and what it checks. One topic is an {@code XDefaults} and an {@code XValidation} side by side;
 * {@link dev.penstock.rules.Rules} lists them all. Pure: no network, no clock, no Quarkus.
 */
@NullMarked
package dev.penstock.rules;

import org.jspecify.annotations.NullMarked;

/**
 * When a CronJob runs: Kubernetes' schedule grammar and next runs, {@code H} in schedules, and time zone names. Plain
 * Java: nothing here knows manifests or Kubernetes' API, and nothing reads the clock, the time is always a parameter.
 */
@NullMarked
package dev.penstock.cron;

import org.jspecify.annotations.NullMarked;

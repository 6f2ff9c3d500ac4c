package dev.penstock.controlplane;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a test class once against each control plane that Penstock is proved on; its
 * {@link org.junit.jupiter.params.Parameter @Parameter} is the {@link ControlPlane}, which all classes share. Where one cannot be had, its tests are skipped and a line at the end of the
 * run says so; with {@code CI=true} in the environment they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(ControlPlanes.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public @interface EachControlPlane {}

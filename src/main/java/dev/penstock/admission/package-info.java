/** The wire: AdmissionReview in and out. The only package that knows HTTP. */
@NullMarked
package dev.penstock.admission;

import org.jspecify.annotations.NullMarked;

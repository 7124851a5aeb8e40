package dev.prescale.adapter.rest;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks answers that change with a control cycle only: they carry an {@code ETag}, and {@code If-None-Match} is answered with 304. */
@NameBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
@interface PerCycle {}

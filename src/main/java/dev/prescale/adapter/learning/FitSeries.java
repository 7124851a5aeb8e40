package dev.prescale.adapter.learning;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;

/** One endpoint's history to train on. */
public record FitSeries(String name, RateSeries series, TrafficCalendar calendar) {}
